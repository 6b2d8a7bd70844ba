package org.scibert.training.cli;

import java.util.Locale;
import org.scibert.training.encoder.EncoderOptions;

/** An encoder's download on standard error: a line for each tenth of a file. */
final class DownloadProgress implements EncoderOptions.Listener {
    private static final double MEGABYTE = 1e6;

    private String file = "";
    private long nextTenth;

    @Override
    public void progress(String name, long bytes, long total) {
        if (!name.equals(file)) {
            file = name;
            nextTenth = 0;
        }
        if (total > 0 && bytes * 10 >= nextTenth * total) {
            nextTenth = bytes * 10 / total + 1;
            System.err.printf(Locale.ROOT, "%s: %.1f of %.1f MB%n", name, bytes / MEGABYTE, total / MEGABYTE);
        }
    }

    @Override
    public void message(String text) {
        System.err.println(text);
    }
}
