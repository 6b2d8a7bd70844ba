package org.scibert.training.tracking;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.scibert.io.Text;
import org.scibert.network.Compute;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.Split;

/**
 * Sends a training to MLflow, from a thread of its own: a server that is slow or down costs numbers and a warning,
 * never time or the training. All calls come from one thread.
 */
public final class MlflowTracker implements Tracker {
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private final MlflowSettings settings;
    private final MlflowClient client;
    private final Clock clock;
    private final Consumer<String> warnings;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "mlflow");
        thread.setDaemon(true);
        return thread;
    });
    private List<MlflowClient.Metric> waiting = new ArrayList<>();
    private long sentMillis;
    private int lastStep;
    private boolean begun;
    private String status = "FAILED";
    /** The sender's own. */
    private String run;
    private boolean warned;

    /**
     * Starts a run.
     *
     * @param parameters numbers and texts by name
     * @param warnings hears of the first failure
     */
    public MlflowTracker(
            MlflowSettings settings, Map<String, Object> parameters, Clock clock, Consumer<String> warnings) {
        this.settings = settings;
        this.client = new MlflowClient(settings);
        this.clock = clock;
        this.warnings = warnings;
        this.sentMillis = clock.millis();
        long start = clock.millis();
        sender.execute(() -> attempt(() -> run = client.createRun(start)));
        Map<String, String> batch = new LinkedHashMap<>();
        parameters.forEach((key, value) -> {
            batch.put(key, String.valueOf(value));
            if (batch.size() == MlflowClient.MOST_PARAMETERS) {
                sendParameters(batch);
            }
        });
        sendParameters(batch);
    }

    @Override
    public void started(int rows, int steps, double paddingShare, Compute compute) {
        if (!begun) { // MLflow takes a parameter once
            begun = true;
            sendParameters(new LinkedHashMap<>(Map.of(COMPUTE, compute.name())));
        }
    }

    @Override
    public void stepped(int step, int rows, double loss, double learningRate) {
        lastStep = step;
        metric("train/loss", loss);
        metric("train/learning_rate", learningRate);
        if (clock.millis() - sentMillis >= BETWEEN_BATCHES.toMillis()) {
            sendMetrics();
        }
    }

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {
        metric("train/epoch_loss", loss);
        dev.scalars().forEach((key, value) -> metric(Split.DEV + "/" + key, value));
        sendMetrics();
    }

    @Override
    public void epochEnded(int epoch, double loss) {
        metric("train/epoch_loss", loss);
        sendMetrics();
    }

    @Override
    public void finished(String version, Map<Split, Metrics> splits) {
        splits.forEach((split, metrics) ->
                metrics.scalars().forEach((key, value) -> metric("released/" + split + "/" + key, value)));
        submit(() -> client.setTag(run, "version", version));
        status = "FINISHED";
    }

    @Override
    public void close() {
        sendMetrics();
        String ended = status;
        long end = clock.millis();
        submit(() -> client.endRun(run, ended, end));
        sender.shutdown();
        try {
            if (!sender.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
                sender.shutdownNow();
                warnings.accept(Text.format("%s did not take all in %s s; what is left is not sent",
                        settings, LAST_WORDS.toSeconds()));
            }
        } catch (InterruptedException e) {
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void metric(String key, double value) {
        waiting.add(new MlflowClient.Metric(key, value, clock.millis(), lastStep));
        if (waiting.size() == MlflowClient.MOST_METRICS) {
            sendMetrics();
        }
    }

    private void sendMetrics() {
        List<MlflowClient.Metric> batch = waiting;
        waiting = new ArrayList<>();
        sentMillis = clock.millis();
        if (!batch.isEmpty()) {
            submit(() -> client.logMetrics(run, batch));
        }
    }

    private void sendParameters(Map<String, String> parameters) {
        Map<String, String> batch = new LinkedHashMap<>(parameters);
        parameters.clear();
        if (!batch.isEmpty()) {
            submit(() -> client.logParameters(run, batch));
        }
    }

    @FunctionalInterface
    private interface Call {
        void make() throws IOException;
    }

    /** Without a run there is nothing to send to. */
    private void submit(Call call) {
        sender.execute(() -> {
            if (run != null) {
                attempt(call);
            }
        });
    }

    private void attempt(Call call) {
        try {
            call.make();
        } catch (IOException | RuntimeException e) {
            if (!warned) {
                warned = true;
                warnings.accept(Text.format(
                        "%s can't be reached or refuses, training goes on; some numbers are missing there: %s",
                        settings, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
            }
        }
    }
}
