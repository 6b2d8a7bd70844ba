package org.scibert.training.cli;

import java.util.Optional;
import org.scibert.training.rows.Splits;
import picocli.CommandLine.Option;

/** The three splits of labelled rows, each a file or all files under a folder, on the disk or in S3. */
final class SplitOptions {
    @Option(
            names = "--train",
            required = true,
            defaultValue = "${env:DATA_TRAIN}",
            paramLabel = "FILE",
            description = "Labelled records to learn from: JSON, CSV or TSV, Excel, RIS, PubMed (nbib), Web of Science or"
                    + " EndNote, told by the content; a path or s3://BUCKET/KEY. A folder, or s3://BUCKET/PREFIX/ with a slash at its"
                    + " end, stands for all files under it, in order. [DATA_TRAIN]")
    private String train;

    @Option(
            names = "--dev",
            required = true,
            defaultValue = "${env:DATA_DEV}",
            paramLabel = "FILE",
            description = "Rows to choose the best epoch by. [DATA_DEV]")
    private String dev;

    @Option(
            names = "--test",
            defaultValue = "${env:DATA_TEST}",
            paramLabel = "FILE",
            description = "Rows to measure the result on; nothing is chosen by them. [DATA_TEST]")
    private String test;

    Splits<String> addresses() {
        return new Splits<>(train, dev, Optional.ofNullable(test));
    }
}
