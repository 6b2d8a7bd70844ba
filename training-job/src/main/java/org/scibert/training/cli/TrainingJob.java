package org.scibert.training.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

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

    /** The commands, with their mapping from exceptions to exit statuses. */
    public static CommandLine commandLine() {
        return new CommandLine(new TrainingJob())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler(new Failures());
    }
}
