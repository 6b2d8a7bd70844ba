package org.scibert.training.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.scibert.release.Retention;
import org.scibert.release.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Deletes old versions for ever; never the one in service nor the one before it. A function that is"
                + " pinned to a deleted version does not start again. For people: the job's own role may not delete"
                + " releases.")
final class ReleasesPruneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Option(names = "--keep", required = true, paramLabel = "N", description = "How many of the newest stay.")
    private int keep;

    @Option(names = "--yes", description = "Delete; without it, what would be deleted is shown and nothing changes.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = store.open()) {
            Retention retention = new Retention(opened.objects(), opened.name(), opened.releases());
            List<Version> surplus = retention.surplus(keep);
            PrintWriter out = spec.commandLine().getOut();
            for (Version version : surplus) {
                if (yes) {
                    retention.delete(version);
                }
                out.println((yes ? "deleted " : "would delete ") + version);
            }
            ObjectNode json = new ObjectMapper().createObjectNode().put("name", opened.name()).put("done", yes);
            surplus.forEach(version -> json.withArray("deleted").add(version.toString()));
            out.println(json);
        }
        return 0;
    }
}
