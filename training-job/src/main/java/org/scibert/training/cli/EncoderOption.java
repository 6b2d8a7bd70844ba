package org.scibert.training.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.text.Tokenizer;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import picocli.CommandLine.Option;

/** Which encoder to take, and how much of a text it reads. */
final class EncoderOption {
    @Option(
            names = "--encoder",
            defaultValue = "${env:ENCODER:-embedded}",
            paramLabel = "SPEC",
            description = "embedded (MiniLM-L6, needs no network), hf:OWNER/NAME[@REVISION], such as"
                    + " hf:allenai/scibert_scivocab_uncased, or a Hugging Face folder. Default ${DEFAULT-VALUE}."
                    + " [ENCODER]")
    String spec;

    @Option(
            names = "--max-tokens",
            split = ",",
            defaultValue = "${env:MAX_TOKENS:-256}",
            paramLabel = "N",
            description = "Tokens of a text that are read; what is beyond is cut, in training and in service. Time"
                    + " grows with the texts' own length, not with this limit. Default ${DEFAULT-VALUE}. [MAX_TOKENS]")
    List<Integer> maxTokens;

    /** @throws UsageException if several are given to a command that takes one */
    int oneMaxTokens() {
        if (maxTokens.size() > 1) {
            throw new UsageException(
                    Text.format("--max-tokens %s lists several; fine-tune tries them, this command takes one",
                    maxTokens.stream().map(String::valueOf).collect(Collectors.joining(","))));
        }
        return maxTokens.get(0);
    }

    Encoder open() throws IOException {
        return Encoder.open(spec, cache());
    }

    /** Loads the encoder's tokenizer and shows its notes on standard error; the caller closes it. */
    static Tokenizer tokenizer(Encoder encoder) throws IOException {
        Tokenizer tokenizer = Tokenizer.load(
                encoder.tokenizerFolder(), encoder.config().vocabSize(), encoder.config().padTokenId());
        tokenizer.notes().forEach(new Progress.Downloads()::message);
        return tokenizer;
    }

    /** Where encoders and releases are kept on this machine; downloads are shown on standard error. */
    static EncoderOptions cache() {
        return UsageException.checked(
                () -> EncoderOptions.ofEnvironment(Variables.ofProcess(), new Progress.Downloads()));
    }
}
