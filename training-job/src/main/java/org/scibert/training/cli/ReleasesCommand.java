package org.scibert.training.cli;

import picocli.CommandLine.Command;

@Command(
        name = "releases",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at the published versions of a model and moves the pointer to the one in service. Running"
                + " functions follow it within their MODEL_REFRESH.",
        subcommands = {
            ReleasesListCommand.class,
            ReleasesShowCommand.class,
            ReleasesPromoteCommand.class,
            ReleasesRollbackCommand.class,
            ReleasesVerifyCommand.class,
            ReleasesPruneCommand.class
        })
final class ReleasesCommand {}
