package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.io.FileTree;
import org.scibert.release.LocalRelease;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.job.DataFiles;
import org.scibert.training.replay.Replay;
import org.scibert.training.replay.ReplayFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a release again from its provenance and compares the weights: the same byte for byte, or"
                + " which tensor differs first. Publishes nothing. Exit status 0 if they are the same, else 1. The"
                + " bytes are the same on the same kind of machine with the same software; where software differs,"
                + " that is said.")
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions.WithVersion chosen;

    @Mixin
    private SplitOptions splits;

    @Option(
            names = "--encoder",
            defaultValue = "${env:ENCODER}",
            paramLabel = "SPEC",
            description = "Where the encoder lies now, if not where it was; its digest must be the recorded one."
                    + " [ENCODER]")
    private String encoder;

    @Override
    public Integer call() throws Exception {
        EncoderOptions encoders = EncoderOption.cache();
        LocalRelease release = open(encoders);
        Path scratch = Files.createTempDirectory("replay");
        try (DataFiles data = new DataFiles(Variables.ofProcess(), spec.commandLine().getErr()::println);
                Progress progress = new Progress()) {
            ReplayFiles files = new ReplayFiles(data.local(splits.addresses()), Optional.ofNullable(encoder));
            return tell(release, new Replay(release, encoders).run(files, scratch, progress));
        } finally {
            FileTree.delete(scratch);
        }
    }

    private LocalRelease open(EncoderOptions encoders) throws IOException {
        try (StoreOptions.Opened opened = chosen.open()) {
            return opened.releases().open(
                    Optional.ofNullable(chosen.version), encoders.cache().resolve("releases"), Replay.WEIGHTS);
        }
    }

    private int tell(LocalRelease release, Replay.Result result) {
        result.warnings().forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        ObjectNode json = JsonLine.of(release.manifest())
                .put("identical", result.difference().isEmpty());
        result.difference().ifPresent(found -> {
            spec.commandLine().getErr().printf(Locale.ROOT, "%s differs first: %s%n", found.tensor(), found.what());
            json.put("tensor", found.tensor()).put("difference", found.what());
        });
        result.warnings().forEach(json.withArray("warnings")::add);
        spec.commandLine().getOut().println(json);
        return result.difference().isEmpty() ? 0 : Failures.FAILURE;
    }
}
