package org.scibert.training.cli;

import java.util.function.Function;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.decision.Task;
import org.scibert.release.Version;
import org.scibert.training.calibration.ThresholdRule;
import org.scibert.training.job.LabelNames;
import org.scibert.training.job.LabelWeights;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The root of the command line. */
@Command(
        name = "training-job",
        mixinStandardHelpOptions = true,
        version = "training-job 0.1",
        synopsisSubcommandLabel = "COMMAND",
        description = "Fine-tunes an encoder on labelled scientific text and releases the classifier to object storage.",
        footer = {
            "",
            "Each option can be set by the environment variable that stands behind it in brackets.",
            "Progress goes to standard error; the last line of standard output is one JSON object.",
            "Exit status: 0 done (in service or not: the last line says), 1 failure, 2 bad usage or data (trying again"
                    + " won't help), 75 interrupted (try again)."
        },
        subcommands = {
            CheckDataCommand.class,
            FineTuneCommand.class,
            EvaluateCommand.class,
            ClassifyCommand.class,
            BenchCommand.class,
            ReleasesCommand.class,
            KeysCommand.class,
            ReplayCommand.class,
            ExportCommand.class,
            QuickstartCommand.class
        })
public final class TrainingJob {
    private TrainingJob() {}

    /** The commands, with the exit status and the message of each exception. */
    public static CommandLine commandLine() {
        return withConverters(new CommandLine(new TrainingJob()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler(new Failures());
    }

    /** Registers how the texts of options become values. */
    static CommandLine withConverters(CommandLine commands) {
        return commands.registerConverter(Task.class, converter(Task::ofTitle))
                .registerConverter(Version.class, converter(Version::parse))
                .registerConverter(PrecisionChoice.class, converter(PrecisionChoice::parse))
                .registerConverter(ThresholdRule.class, converter(ThresholdRule::parse))
                .registerConverter(LabelNames.class, converter(LabelNames::parse))
                .registerConverter(LabelWeights.class, converter(LabelWeights::parse));
    }

    /** picocli prints the message of this exception type alone, with the option's name before it. */
    private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
