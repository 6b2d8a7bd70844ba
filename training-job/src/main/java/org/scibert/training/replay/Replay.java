package org.scibert.training.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.IoFunction;
import org.scibert.io.Text;
import org.scibert.lexicon.Lexicon;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.ReleaseException;
import org.scibert.release.Releases;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.job.FineTuneJob;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.JobListener;

/** Runs a release's job again, into a store of its own, and compares the weights. */
public final class Replay {
    /** Of a release's weights, those that are compared: in fp32, as they were trained. */
    public static final IoFunction<LocalRelease, List<String>> WEIGHTS = small -> List.of(Manifest.WEIGHTS);

    private final LocalRelease release;
    private final Provenance provenance;
    private final EncoderOptions encoders;

    public Replay(LocalRelease release, EncoderOptions encoders) {
        this.release = release;
        this.provenance = release.manifest().provenance();
        this.encoders = encoders;
    }

    /**
     * The outcome of a replay.
     *
     * @param warnings what differs from the first run and may excuse a difference
     * @param difference empty if every tensor is the same, byte for byte
     */
    public record Result(List<String> warnings, Optional<TensorDifference> difference) {}

    /**
     * Replays.
     *
     * @param scratch an empty folder; its content is the caller's to delete
     * @throws ReleaseException if data or encoder are not those of the release, or the provenance lacks something
     */
    public Result run(ReplayFiles files, Path scratch, JobListener listener) throws IOException {
        files.check(provenance.data());
        String store = "file:" + scratch.resolve("store");
        String name = release.manifest().name();
        JobConfig config = new RecordedRun(provenance)
                .config(files, release, ModelConfig.read(release.folder()), store, name);
        String encoder = Encoder.open(config.training().encoder(), encoders).digest();
        if (!encoder.equals(provenance.encoderSha256())) {
            throw new ReleaseException(Text.format(
                    "%s is not the encoder of the release: its weights' SHA-256 is %s, recorded is %s",
                    config.training().encoder(), encoder, provenance.encoderSha256()));
        }
        new FineTuneJob(config, encoders, Map.of(), Clock.systemUTC()).run(listener);
        try (ObjectStore objects = ObjectStores.open(store, Map.of())) {
            LocalRelease replayed = new Releases(objects, name, Clock.systemUTC())
                    .open(Optional.empty(), scratch.resolve("replayed"), WEIGHTS);
            return new Result(
                    warnings(replayed.manifest().provenance()),
                    difference(replayed));
        }
    }

    /** Of the network's weights, then of the lexicon's. */
    private Optional<TensorDifference> difference(LocalRelease replayed) throws IOException {
        Optional<TensorDifference> network =
                TensorDifference.first(release.file(Manifest.WEIGHTS), replayed.file(Manifest.WEIGHTS));
        boolean published = release.manifest().files().containsKey(Lexicon.WEIGHTS);
        boolean found = replayed.manifest().files().containsKey(Lexicon.WEIGHTS);
        if (network.isPresent() || !published && !found) {
            return network;
        }
        return published && found
                ? TensorDifference.first(release.file(Lexicon.WEIGHTS), replayed.file(Lexicon.WEIGHTS))
                : Optional.of(new TensorDifference(Lexicon.WEIGHTS, Text.format(
                        "it is in the %s release only", published ? "published" : "replayed")));
    }

    private List<String> warnings(Provenance now) {
        List<String> warnings = new ArrayList<>();
        provenance.software().forEach((what, version) -> {
            String found = now.software().get(what);
            if (!version.equals(found)) {
                warnings.add(Text.format("%s was %s, is %s", what, version, found));
            }
        });
        for (String what : List.of("device", "deviceKind")) {
            String recorded = provenance.configuration().path(what).asText("not recorded");
            String found = now.configuration().path(what).asText();
            if (!recorded.equals(found)) {
                warnings.add(Text.format("%s was %s, is %s", what, recorded, found));
            }
        }
        if (!provenance.revision().equals(now.revision())) {
            warnings.add(Text.format("the code was %s, is %s", provenance.revision(), now.revision()));
        }
        return warnings;
    }
}
