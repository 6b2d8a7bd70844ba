package org.scibert.training.cli;

import java.io.IOException;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import picocli.CommandLine.Option;

/** Which encoder to measure with. */
final class EncoderOption {
    @Option(
            names = "--encoder",
            defaultValue = "${env:ENCODER:-embedded}",
            paramLabel = "SPEC",
            description = "As for fine-tune. Default ${DEFAULT-VALUE}. [ENCODER]")
    String spec;

    Encoder open() throws IOException {
        return Encoder.open(spec, EncoderOptions.ofEnvironment(System.getenv(), new DownloadProgress()));
    }
}
