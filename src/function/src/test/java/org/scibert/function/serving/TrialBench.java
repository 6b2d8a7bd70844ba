package org.scibert.function.serving;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.scibert.function.serving.TextClassifier.Texts;
import org.scibert.text.Encoding;

/** The serving side of one release, asked on the thread of the caller, for {@link org.scibert.function.TrialCost}. */
public final class TrialBench implements AutoCloseable {
    private static final CandidateSettings SETTINGS =
            new CandidateSettings(Optional.empty(), false, Optional.empty(), 0.1, 100_000, 1, 100, 0);

    private final ReleaseSource source;
    private final ThreadPoolExecutor comparing =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(4));
    private final Trials trials =
            new Trials(new ModelInService(), new SimpleMeterRegistry(), SETTINGS, false, comparing);

    private TrialBench(ReleaseSource source) {
        this.source = source;
    }

    public static TrialBench open(String store, String name) throws IOException {
        Path cache = Files.createTempDirectory("trial-cost");
        TrialBench bench = new TrialBench(new ReleaseSource(new ModelSettings(Optional.of(store), Optional.of(name),
                Optional.empty(), Optional.empty(), Optional.of(cache), "auto", Optional.empty())));
        bench.trials.serving(bench.source.open(new LoadTimes()));
        return bench;
    }

    /** As the function did before it counted drift and knew candidates. */
    public void plainly(String text) {
        try (ModelInService.Lease lease = trials.service.lease()) {
            Model model = lease.model();
            List<Encoding> encodings = model.encode(List.of(text), model.maxTokens());
            model.rule().decide(model.blended(List.of(text), model.logits(encodings, () -> { })).get(0));
        }
    }

    public void classify(String text) {
        try (ModelInService.Lease lease = trials.service.lease()) {
            Model model = lease.model();
            trials.classifier.classify(model, new Texts(List.of(text), false, true),
                    model.encode(List.of(text), model.maxTokens()), new Deadline(Duration.ofMinutes(1)));
        }
    }

    public void without() {
        trials.canary.end();
    }

    public void with(Optional<Double> share) throws IOException {
        trials.canary.begin(source.open(new LoadTimes()), share);
    }

    public String status() {
        return trials.canary.status().toString();
    }

    @Override
    public void close() {
        comparing.shutdownNow();
        trials.canary.close();
        trials.service.close();
    }
}
