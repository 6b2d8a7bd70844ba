package org.scibert.training.tracking;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.scibert.io.IoConsumer;
import org.scibert.io.Text;
import org.scibert.network.Compute;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.Split;

/**
 * Writes an event file for TensorBoard: the loss and the learning rate of each step, dev's scores after each epoch, the
 * final scores and the settings. The steps of each further run, with another seed or configuration, go to a folder of
 * their own beside it.
 */
public final class TensorBoardTracker implements Tracker {
    private final Path folder;
    private final Map<String, Object> settings;
    private final Clock clock;
    private final Consumer<String> warnings;
    private OutputStream out;
    private int run = 1;
    private int lastStep;
    private boolean nextRun;

    /**
     * Starts a file in a folder, which is made if it is not there.
     *
     * @param settings numbers and texts by name
     * @param warnings hears of what can't be written
     * @throws IOException if the file can't be made
     */
    public TensorBoardTracker(Path folder, Map<String, Object> settings, Clock clock, Consumer<String> warnings)
            throws IOException {
        this.folder = folder;
        this.settings = new LinkedHashMap<>(settings);
        this.clock = clock;
        this.warnings = warnings;
        open(folder);
    }

    private void open(Path in) throws IOException {
        Files.createDirectories(in);
        Instant now = clock.instant();
        // TensorBoard reads the files of a folder in the order of their names.
        String name = Text.format(
                "events.out.tfevents.%010d.%09d.fine-tune", now.getEpochSecond(), now.getNano());
        out = new BufferedOutputStream(Files.newOutputStream(in.resolve(name)));
        out.write(EventRecord.framed(EventMessages.fileVersion(seconds())));
    }

    @Override
    public void started(int rows, int steps, double paddingShare, Compute compute) {
        nextRun = lastStep > 0;
        if (settings.put(COMPUTE, compute.name()) == null) {
            attempt(this::writeSettings);
        }
    }

    private void writeSettings(OutputStream file) throws IOException {
        file.write(EventRecord.framed(EventMessages.settings(seconds(), settings)));
    }

    @Override
    public void stepped(int step, int rows, double loss, double learningRate) {
        if (nextRun || step <= lastStep) {
            nextRun = false;
            startNextRun();
        }
        lastStep = step;
        scalar(step, "train/loss", loss);
        scalar(step, "train/learning_rate", learningRate);
    }

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {
        scalar(lastStep, "train/epoch_loss", loss);
        dev.scalars().forEach((key, value) -> scalar(lastStep, Split.DEV + "/" + key, value));
        attempt(OutputStream::flush);
    }

    @Override
    public void epochEnded(int epoch, double loss) {
        scalar(lastStep, "train/epoch_loss", loss);
        attempt(OutputStream::flush);
    }

    @Override
    public void finished(String version, Map<Split, Metrics> splits) {
        splits.forEach((split, metrics) ->
                metrics.scalars().forEach((key, value) -> scalar(lastStep, "released/" + split + "/" + key, value)));
    }

    @Override
    public void close() {
        attempt(OutputStream::close);
    }

    private void startNextRun() {
        close();
        attempt(closed -> {
            open(folder.resolve("run-" + ++run));
            writeSettings(out);
        });
    }

    private void scalar(long step, String tag, double value) {
        byte[] record = EventRecord.framed(EventMessages.scalar(seconds(), step, tag, value));
        attempt(file -> file.write(record));
    }

    /** A full disk costs the events, not the training. */
    private void attempt(IoConsumer<OutputStream> attempt) {
        if (out == null) {
            return;
        }
        try {
            attempt.accept(out);
        } catch (IOException e) {
            out = null;
            warnings.accept(Text.format(
                    "TensorBoard's event file in %s can't be written, training goes on without it: %s",
                    folder, e.getMessage()));
        }
    }

    private double seconds() {
        return clock.millis() / 1000.;
    }
}
