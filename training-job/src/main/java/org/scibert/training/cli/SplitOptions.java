package org.scibert.training.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.training.rows.Splits;
import picocli.CommandLine.Option;

/** The labelled rows: one file to be split, or three, each a file or all files under a folder, on the disk or in S3. */
final class SplitOptions {
    @Option(
            names = "--data",
            defaultValue = "${env:DATA_FILE}",
            paramLabel = "FILE",
            description = "Labelled records: JSON, CSV or TSV, Excel, RIS, PubMed (nbib), Web of Science or EndNote,"
                    + " told by the content; a path or s3://BUCKET/KEY. A folder, or s3://BUCKET/PREFIX/ with a slash"
                    + " at its end, stands for all files under it, in order. They are split by a hash of each record:"
                    + " about 60 %% to learn from, 20 %% to choose by, 20 %% to measure on. [DATA_FILE]")
    private String data;

    @Option(
            names = "--train",
            defaultValue = "${env:DATA_TRAIN}",
            paramLabel = "FILE",
            description = "Instead of --data: rows to learn from. [DATA_TRAIN]")
    private String train;

    @Option(
            names = "--dev",
            defaultValue = "${env:DATA_DEV}",
            paramLabel = "FILE",
            description = "With --train: rows to choose the best epoch by. [DATA_DEV]")
    private String dev;

    @Option(
            names = "--test",
            defaultValue = "${env:DATA_TEST}",
            paramLabel = "FILE",
            description = "With --train: rows to measure the result on; nothing is chosen by them. [DATA_TEST]")
    private String test;

    boolean isOneFile() {
        return data != null;
    }

    /** The address of each split; the same one for all, if they are one file. */
    Splits<String> addresses() {
        if (isOneFile() ? train != null || dev != null || test != null : train == null || dev == null) {
            throw new UsageException("give --data with one file that is to be split, or --train and --dev (and --test)"
                    + Text.format(" with a file each; got %s", given()));
        }
        return isOneFile() ? new Splits<>(data, data, data) : new Splits<>(train, dev, Optional.ofNullable(test));
    }

    private String given() {
        List<String> names = new ArrayList<>();
        List<String> values = Arrays.asList(data, train, dev, test);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                names.add(List.of("--data", "--train", "--dev", "--test").get(i));
            }
        }
        return names.isEmpty() ? "neither" : String.join(", ", names);
    }
}
