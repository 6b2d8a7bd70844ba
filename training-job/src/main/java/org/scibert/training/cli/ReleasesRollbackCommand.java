package org.scibert.training.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Puts the version in service that was before this one. A second rollback comes back here; promote"
                + " goes further.")
final class ReleasesRollbackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = store.open()) {
            spec.commandLine().getOut().println(JsonLine.of(opened.releases().rollBack()));
        }
        return 0;
    }
}
