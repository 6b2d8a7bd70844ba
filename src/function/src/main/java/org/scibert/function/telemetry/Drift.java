package org.scibert.function.telemetry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.scibert.decision.DecisionRule;
import org.scibert.drift.DriftReference;
import org.scibert.drift.TextFacts;
import org.scibert.function.settings.Setting;
import org.scibert.function.telemetry.DriftWindow.Summary;

/**
 * Whether the texts that come are still like those that the model in service was measured on: the last of them, as
 * numbers, in Prometheus's gauges, in {@code GET /model}, and on Lambda in the log.
 */
@Singleton
public final class Drift {
    private static final int DEFAULT_WINDOW = 500;
    /** Lines of the log for a window of texts. */
    private static final int LINES = 10;

    private final int size;
    private final Meters meters;
    private final EmbeddedMetrics log;
    private String version = "";
    private String name = "";
    private DriftWindow window;
    private int unwritten;

    /**
     * DRIFT_WINDOW: long enough that chance moves the index by a few hundredths, short enough to be filled in a day.
     */
    @Inject
    Drift(Config config, Meters meters, EmbeddedMetrics log) {
        this(Setting.of(config, "drift.window").integer(50, 100_000).orElse(DEFAULT_WINDOW), meters, log);
    }

    public Drift(int window, Meters meters, EmbeddedMetrics log) {
        this.size = window;
        this.meters = meters;
        this.log = log;
    }

    /**
     * Begins anew with the model that is in service from now on.
     *
     * @param dev empty for a release that does not have it
     */
    public void begin(String modelName, String modelVersion, DecisionRule rule, Optional<DriftReference> dev) {
        synchronized (this) {
            name = modelName;
            version = modelVersion;
            window = new DriftWindow(size, rule, dev);
            unwritten = 0;
        }
        meters.drift(rule.labels(), rule.review().isPresent(), dev.isPresent(), this::summary);
    }

    /** Counts texts that a model has classified; those of a model that is no longer in service are left out. */
    public synchronized void count(String modelVersion, List<TextFacts> texts) {
        if (!modelVersion.equals(version)) {
            return;
        }
        texts.forEach(window::add);
        unwritten += texts.size();
        if (log.onLambda() && unwritten >= Math.max(1, size / LINES)) {
            unwritten = 0;
            write(window.summary());
        }
    }

    /**
     * What the window shows now.
     *
     * @throws IllegalStateException if no model was ever in service
     */
    public synchronized Summary summary() {
        if (window == null) {
            throw new IllegalStateException("no model is in service");
        }
        return window.summary();
    }

    private void write(Summary summary) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("DriftScorePsi", summary.scorePsi());
        metrics.put("DriftLabelPsi", summary.labelPsi());
        metrics.put("DriftAsked", summary.asked());
        metrics.put("DriftUnsure", summary.unsure());
        metrics.put("DriftTruncated", summary.truncated());
        metrics.put("DriftUnknownTokens", summary.unknownTokens());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Version", version);
        fields.put("Texts", summary.texts());
        // Each label as a metric would be paid for: as fields they can still be asked for in the log.
        fields.put("Labels", summary.labels());
        log.write(name, metrics, fields);
    }
}
