package org.scibert.training.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.release.Version;
import org.scibert.training.calibration.ThresholdRule;
import org.scibert.training.job.LabelNames;
import org.scibert.training.study.Budget;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine;

/** The root of the command line. */
@Command(
        name = "training-job",
        mixinStandardHelpOptions = true,
        version = "training-job 0.2",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Fine-tunes an encoder on labelled scientific text and releases the classifier to object storage.",
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
            ExplainCommand.class,
            AgreeCommand.class,
            ScreenReportCommand.class,
            BenchCommand.class,
            BenchExplanationsCommand.class,
            ReleasesCommand.class,
            KeysCommand.class,
            ReplayCommand.class,
            ExportCommand.class,
            QuickstartCommand.class
        })
public final class TrainingJob {
    @Option(
            names = "--verbose",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:VERBOSE:-false}",
            paramLabel = "true|false",
            scope = ScopeType.INHERIT,
            description = "Prints the stack trace of a failure. [VERBOSE]")
    boolean verbose;

    private TrainingJob() {}

    /** The commands, with defaults from the process's environment. */
    public static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** The commands, with defaults from these variables. */
    static CommandLine commandLine(Map<String, String> environment) {
        TrainingJob job = new TrainingJob();
        Failures failures = new Failures(job);
        CommandLine commands = withConverters(new CommandLine(job));
        Variables.apply(commands, environment);
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setExecutionStrategy(failures)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /** Registers how the texts of options become values. */
    static CommandLine withConverters(CommandLine commands) {
        ITypeConverter<Integer> whole = converter(TrainingJob::wholeNumber);
        ITypeConverter<Double> number = converter(TrainingJob::number);
        return commands.registerConverter(int.class, whole)
                .registerConverter(Integer.class, whole)
                .registerConverter(double.class, number)
                .registerConverter(Double.class, number)
                .registerConverter(Path.class, converter(Path::of))
                .registerConverter(Task.class, converter(Task::ofTitle))
                .registerConverter(Version.class, converter(Version::parse))
                .registerConverter(PrecisionChoice.class, converter(PrecisionChoice::parse))
                .registerConverter(ThresholdRule.class, converter(ThresholdRule::parse))
                .registerConverter(LabelNames.class, converter(LabelNames::parse))
                .registerConverter(PosWeights.class, converter(PosWeights::parse))
                .registerConverter(Budget.class, converter(Budget::parse));
    }

    /** picocli prints the message of {@link TypeConversionException} alone, with the option's name before it. */
    private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException(Failures.message(e));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(Text.format("\"%s\" is not a whole number up to %s", text, Integer.MAX_VALUE));
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(Text.format("\"%s\" is not a number such as 0.05 or 2e-5", text));
        }
    }
}
