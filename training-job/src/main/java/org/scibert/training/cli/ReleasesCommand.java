package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.io.UsageException;
import org.scibert.release.Candidate;
import org.scibert.release.Manifest;
import org.scibert.release.ReleaseNotFoundException;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "releases",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at the published versions of a model and moves the pointer to the one in service. Running"
                + " functions follow it within their MODEL_REFRESH.",
        subcommands = {
            ReleasesListCommand.class,
            ReleasesShowCommand.class,
            ReleasesCommand.Publish.class,
            ReleasesCommand.PutOnTrial.class,
            ReleasesCommand.Promote.class,
            ReleasesCommand.Withdraw.class,
            ReleasesCommand.RollBack.class,
            ReleasesCommand.Verify.class,
            ReleasesCommand.Prune.class
        })
final class ReleasesCommand {
    private ReleasesCommand() {}

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            description = "Publishes a finished release that a job kept on the disk because it could not be uploaded."
                    + " It is not put in service. An upload that broke off goes on.")
    static final class Publish implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private StoreOptions store;

        @Parameters(paramLabel = "FOLDER", description = "As the job named it.")
        private Path folder;

        @Override
        public Integer call() throws Exception {
            try (StoreOptions.Opened opened = store.openToPublish()) {
                Manifest manifest = opened.releases().publish(folder);
                spec.commandLine().getErr().printf(Locale.ROOT,
                        "%s is published; releases promote puts it in service%n", manifest.version());
                spec.commandLine().getOut().println(JsonLine.of(manifest));
            }
            return 0;
        }
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Puts a version in service; the candidate unless one is named. If somebody else moves the"
                    + " pointer at the same moment, nothing changes, and you are told what is in service instead.")
    static final class Promote implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private StoreOptions store;

        /** Null for the candidate. */
        @Parameters(arity = "0..1", paramLabel = "VERSION", description = "As list shows it. Default: the candidate.")
        private Version version;

        @Override
        public Integer call() throws Exception {
            try (StoreOptions.Opened opened = store.open()) {
                Releases releases = opened.releases();
                spec.commandLine().getOut().println(JsonLine.of(
                        version == null ? releases.promoteCandidate() : releases.promote(version)));
            }
            return 0;
        }
    }

    @Command(
            name = "candidate",
            mixinStandardHelpOptions = true,
            description = "Puts a version on trial beside the one in service: it answers a share of the texts, or"
                    + " reads the same texts in the shadow, so that its answers can be compared. Running functions"
                    + " withdraw it by themselves where it fails, is slow or disagrees; releases promote or releases"
                    + " withdraw ends the trial.")
    static final class PutOnTrial implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private StoreOptions store;

        @Parameters(paramLabel = "VERSION", description = "As list shows it.")
        private Version version;

        @Option(
                names = "--share",
                paramLabel = "SHARE",
                description = "Share of the texts that it answers, above 0 and at most 0.5.")
        private Double share;

        @Option(names = "--shadow", description = "It answers none; its answers are compared and thrown away.")
        private boolean shadow;

        @Override
        public Integer call() throws Exception {
            if ((share != null) == shadow) {
                throw new UsageException("give either --share or --shadow");
            }
            if (share != null) {
                UsageException.checked(() -> Candidate.requireShare(share));
            }
            try (StoreOptions.Opened opened = store.open()) {
                Optional<Version> current = opened.releases().current().map(found -> found.value().version());
                if (current.isEmpty() || current.get().equals(version)) {
                    throw new UsageException(current.isEmpty()
                            ? "no version is in service that a candidate could be compared with; promote one first"
                            : version + " is in service already; put another version on trial");
                }
                spec.commandLine().getOut()
                        .println(JsonLine.of(opened.releases().trial().start(version, Optional.ofNullable(share))));
            }
            return 0;
        }
    }

    @Command(
            name = "withdraw",
            mixinStandardHelpOptions = true,
            description =
                    "Ends the trial of the candidate; the version in service stays. Exit status 1 if none is on trial.")
    static final class Withdraw implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private StoreOptions store;

        @Override
        public Integer call() throws Exception {
            try (StoreOptions.Opened opened = store.open()) {
                Candidate ended = opened.releases().trial().end().orElseThrow(() -> new ReleaseNotFoundException(
                        "no version of " + opened.name() + " is on trial", null));
                spec.commandLine().getOut().println(JsonLine.of(ended));
            }
            return 0;
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Puts the version in service that was before this one. A second rollback comes back here;"
                    + " promote goes further.")
    static final class RollBack implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private StoreOptions store;

        @Override
        public Integer call() throws Exception {
            try (StoreOptions.Opened opened = store.open()) {
                spec.commandLine().getOut().println(JsonLine.of(opened.releases().rollBack()));
            }
            return 0;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Reads every byte of a version again, compares sizes and digests, and the signature where"
                    + " MODEL_PUBLIC_KEY is set; names each file that is broken. Exit status 1 if one is.")
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private StoreOptions.WithVersion chosen;

        @Option(names = "--all", description = "Every published version.")
        private boolean all;

        @Override
        public Integer call() throws Exception {
            if (all && chosen.version != null) {
                throw new UsageException("give a version or --all, not both");
            }
            boolean whole = true;
            try (StoreOptions.Opened opened = chosen.open()) {
                PrintWriter out = spec.commandLine().getOut();
                ObjectNode json = JsonLine.empty().put("name", opened.name());
                for (Version each : all ? opened.releases().versions() : List.of(chosen.chosen(opened))) {
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

    @Command(
            name = "prune",
            mixinStandardHelpOptions = true,
            description = "Deletes old versions for ever; never the one in service nor the one before it. A function"
                    + " that is pinned to a deleted version does not start again. For people: the job's own role may"
                    + " not delete releases.")
    static final class Prune implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private StoreOptions store;

        @Option(names = "--keep", required = true, paramLabel = "N", description = "How many of the newest stay.")
        private int keep;

        @Option(
                names = "--yes",
                description = "Delete; without it, what would be deleted is shown and nothing changes.")
        private boolean yes;

        @Override
        public Integer call() throws Exception {
            if (keep < 1) {
                throw new UsageException("--keep must be at least 1, is " + keep);
            }
            try (StoreOptions.Opened opened = store.open()) {
                PrintWriter out = spec.commandLine().getOut();
                ObjectNode json = JsonLine.empty().put("name", opened.name()).put("done", yes);
                for (Version version : opened.releases().surplus(keep)) {
                    if (yes) {
                        opened.releases().delete(version);
                    }
                    out.println((yes ? "deleted " : "would delete ") + version);
                    json.withArray("deleted").add(version.toString());
                }
                out.println(json);
            }
            return 0;
        }
    }
}
