package org.scibert.training.cli;

import java.util.concurrent.Callable;
import org.scibert.release.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Puts a version in service. If somebody else moves the pointer at the same moment, nothing changes,"
                + " and you are told what is in service instead.")
final class ReleasesPromoteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Parameters(paramLabel = "VERSION", converter = VersionConverter.class, description = "As list shows it.")
    private Version version;

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = store.open()) {
            spec.commandLine().getOut().println(JsonLine.of(opened.releases().promote(version)));
        }
        return 0;
    }
}
