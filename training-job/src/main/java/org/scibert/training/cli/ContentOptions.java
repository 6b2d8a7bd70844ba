package org.scibert.training.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.training.job.JobConfig;
import org.scibert.training.lexical.LexicalMode;
import picocli.CommandLine.Option;

/** What a release holds beside its weights: precisions, report, model card. */
final class ContentOptions {
    @Option(
            names = "--precision-tolerance",
            defaultValue = "${env:PRECISION_TOLERANCE:-" + JobConfig.Release.DEFAULT_PRECISION_TOLERANCE + "}",
            paramLabel = "SCORE",
            description = "The release carries weights of 16 and 8 bits too, and is served in the fastest precision of"
                    + " the function's processor that loses at most so much of the score on dev that epochs are"
                    + " chosen by; 0.002 is a fifth of a point. One of dev's N answers may always be another, so"
                    + " that less than 1/N counts as 1/N, but for 0. Default ${DEFAULT-VALUE}. [PRECISION_TOLERANCE]")
    private double precisionTolerance;

    @Option(
            names = "--baselines",
            defaultValue = "${env:BASELINES:-on}",
            paramLabel = "on|off",
            description = "on trains two logistic regressions on the same rows too, one of TF-IDF and one of the frozen"
                    + " encoder's vectors, which takes seconds and one forward pass, and shows their scores beside the"
                    + " released model's. Default ${DEFAULT-VALUE}. [BASELINES]")
    private String baselines;

    @Option(
            names = "--lexical",
            defaultValue = "${env:LEXICAL:-auto}",
            paramLabel = "auto|on|off",
            description = "Whether the words of a text decide beside the encoder: auto releases what scores best on"
                    + " dev, the encoder, fine-tuned or frozen, the words or a sum of both; on releases words in any"
                    + " case; off the fine-tuned encoder. On small sets words are often better than an encoder, and"
                    + " the sum better than either. Default ${DEFAULT-VALUE}. [LEXICAL]")
    private String lexical;

    @Option(
            names = "--report",
            defaultValue = "${env:REPORT}",
            paramLabel = "FILE",
            description = "Writes the report, one HTML file that opens without a network, here as well; it is always a"
                    + " file of the release. [REPORT]")
    private Path report;

    @Option(
            names = "--report-texts",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:REPORT_TEXTS:-false}",
            paramLabel = "true|false",
            description = "Shows the texts of the worst mistakes in the report, and so in the release: whoever can read"
                    + " the store can read them. Without it, only their ids. [REPORT_TEXTS]")
    private boolean reportTexts;

    @Option(
            names = "--card-language",
            defaultValue = "${env:CARD_LANGUAGE:-en}",
            paramLabel = "CODE",
            description = "The texts' language, for MODEL_CARD.md. Default ${DEFAULT-VALUE}. [CARD_LANGUAGE]")
    private String language;

    @Option(
            names = "--card-license",
            defaultValue = "${env:CARD_LICENSE:-unknown}",
            paramLabel = "CODE",
            description = "The model's licence as Hugging Face names it, such as apache-2.0, for MODEL_CARD.md. It"
                    + " follows from the encoder's and the texts', which the job can't know. Default ${DEFAULT-VALUE}."
                    + " [CARD_LICENSE]")
    private String license;

    @Option(
            names = "--explanations",
            defaultValue = "${env:EXPLANATIONS:-" + JobConfig.Reasons.DEFAULT_EXPLANATIONS + "}",
            paramLabel = "off|N",
            description = "Measures on N dev rows, at most 200, whether the words that explanations put first matter"
                    + " more to the model than words in random order; /explain warns where they don't. Each row takes"
                    + " some dozen passes of the network for a sentence, 160 for an abstract; the seconds are told."
                    + " Default ${DEFAULT-VALUE}. [EXPLANATIONS]")
    private String explanations;

    @Option(
            names = "--neighbours",
            defaultValue = "${env:NEIGHBOURS:-off}",
            description = "The release holds the training rows' vectors, so that /explain can name the most similar"
                    + " ones: ids with id and label; texts with the beginning of the text too, which whoever can read"
                    + " the store or ask the function can read then. Default ${DEFAULT-VALUE}. [NEIGHBOURS]")
    private JobConfig.Neighbours neighbours;

    @Option(
            names = "--examples",
            defaultValue = "${env:EXAMPLES:-0}",
            paramLabel = "N",
            description = "The release holds N dev texts, at most 20, that the function's page offers to try; whoever"
                    + " can ask the function can read them. Default ${DEFAULT-VALUE}. [EXAMPLES]")
    private int examples;

    /** @throws UsageException if a value is out of its range, or the report has no folder to go to */
    JobConfig.Release config() {
        if (!baselines.equals("on") && !baselines.equals("off")) {
            throw new UsageException(Text.format("--baselines must be on or off, is \"%s\"", baselines));
        }
        return new JobConfig.Release(
                precisionTolerance, baselines.equals("on"), LexicalMode.ofTitle(lexical), Optional.ofNullable(report),
                reportTexts, language, license,
                new JobConfig.Reasons(explanations(), neighbours, examples));
    }

    private int explanations() {
        if (explanations.equals("off")) {
            return 0;
        }
        if (!explanations.matches("[0-9]{1,9}")) {
            throw new UsageException(
                    Text.format("--explanations must be off or a number of rows, is \"%s\"", explanations));
        }
        return Integer.parseInt(explanations);
    }
}
