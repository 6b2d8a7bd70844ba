package org.scibert.training.tracking;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.scibert.io.IoConsumer;

/**
 * TensorFlow's Event messages, field by field: the numbers are those of event.proto, summary.proto and TensorBoard's
 * plugins/hparams/plugin_data.proto. The published classes of these messages come with all of TensorFlow.
 */
final class EventMessages {
    private static final String HPARAMS_TAG = "_hparams_/session_start_info";

    private EventMessages() {}

    /** The first event of each file. */
    static byte[] fileVersion(double wallSeconds) {
        return message(out -> {
            out.writeDouble(1, wallSeconds);
            out.writeString(3, "brain.Event:2");
        });
    }

    /** One number at one step. */
    static byte[] scalar(double wallSeconds, long step, String tag, double value) {
        return event(wallSeconds, step, out -> {
            out.writeString(1, tag);
            out.writeFloat(2, (float) value);
        });
    }

    /** The settings of a run, for TensorBoard's HPARAMS page; numbers as such, all else as text. */
    static byte[] settings(double wallSeconds, Map<String, Object> settings) {
        byte[] start = message(out -> {
            for (Map.Entry<String, Object> setting : settings.entrySet()) {
                out.writeByteArray(1, message(entry -> { // hparams, a map
                    entry.writeString(1, setting.getKey());
                    entry.writeByteArray(2, message(value -> { // google.protobuf.Value
                        if (setting.getValue() instanceof Number number) {
                            value.writeDouble(2, number.doubleValue());
                        } else {
                            value.writeString(3, String.valueOf(setting.getValue()));
                        }
                    }));
                }));
            }
            out.writeDouble(5, wallSeconds); // start_time_secs
        });
        return event(wallSeconds, 0, out -> {
            out.writeString(1, HPARAMS_TAG);
            out.writeByteArray(9, message(metadata -> metadata.writeByteArray(1, message(plugin -> {
                plugin.writeString(1, "hparams");
                plugin.writeByteArray(2, message(content -> content.writeByteArray(3, start)));
            }))));
            // TensorBoard drops a value without a tensor: one float, 0.
            out.writeByteArray(8, message(tensor -> {
                tensor.writeEnum(1, 1);
                tensor.writeByteArray(2, message(shape -> shape.writeByteArray(2, message(d -> d.writeInt64(1, 1)))));
                tensor.writeFloat(5, 0);
            }));
        });
    }

    /** An event with a summary of one value. */
    private static byte[] event(double wallSeconds, long step, IoConsumer<CodedOutputStream> value) {
        return message(out -> {
            out.writeDouble(1, wallSeconds);
            out.writeInt64(2, step);
            out.writeByteArray(5, message(summary -> summary.writeByteArray(1, message(value))));
        });
    }

    private static byte[] message(IoConsumer<CodedOutputStream> fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.accept(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory fails; this is a bug", e);
        }
    }
}
