package org.scibert.training.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.scibert.release.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Reads every byte of a version again, compares sizes and digests, and the signature where"
                + " MODEL_PUBLIC_KEY is set; names each file that is broken. Exit status 1 if one is.")
final class ReleasesVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Mixin
    private VersionParameter chosen;

    @Option(names = "--all", description = "Every published version.")
    private boolean all;

    @Override
    public Integer call() throws Exception {
        if (all && chosen.version != null) {
            throw new IllegalArgumentException("give a version or --all, not both");
        }
        ObjectNode json = new ObjectMapper().createObjectNode();
        boolean whole = true;
        try (OpenStore opened = store.open()) {
            PrintWriter out = spec.commandLine().getOut();
            json.put("name", opened.name());
            for (Version each : all ? opened.releases().versions() : List.of(opened.chosen(chosen.version))) {
                List<String> flaws = opened.releases().audit(each);
                out.println(each + (flaws.isEmpty() ? " is whole" : " is broken"));
                flaws.forEach(flaw -> out.println("  " + flaw));
                flaws.forEach(json.withArray(each.toString())::add);
                whole &= flaws.isEmpty();
            }
            out.println(json.put("whole", whole));
        }
        return whole ? 0 : Failures.FAILURE;
    }
}
