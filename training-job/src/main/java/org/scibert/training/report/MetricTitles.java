package org.scibert.training.report;

import java.util.Map;

/** The names of metrics in tables, by their keys of JSON. */
public final class MetricTitles {
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("rows", "Rows"),
            Map.entry("positives", "Positives"),
            Map.entry("loss", "Log loss (nats)"),
            Map.entry("lossBefore", "Log loss before calibration"),
            Map.entry("accuracy", "Accuracy"),
            Map.entry("precision", "Precision"),
            Map.entry("recall", "Recall"),
            Map.entry("f1", "F1"),
            Map.entry("macroF1", "Macro F1"),
            Map.entry("microF1", "Micro F1"),
            Map.entry("rocAuc", "ROC-AUC"),
            Map.entry("prAuc", "PR-AUC (average precision)"),
            Map.entry("threshold", "Threshold"),
            Map.entry("mcc", "MCC"),
            Map.entry("brier", "Brier score"),
            Map.entry("brierBefore", "Brier score before calibration"),
            Map.entry("ece", "Expected calibration error"),
            Map.entry("eceBefore", "Expected calibration error before calibration"),
            Map.entry("wss95", "Work saved at 95 % recall (WSS@95)"),
            Map.entry("recallAtTop5", "Recall in the top 5 %"),
            Map.entry("recallAtTop10", "Recall in the top 10 %"),
            Map.entry("recallAtTop20", "Recall in the top 20 %"),
            Map.entry("recallAtTop50", "Recall in the top 50 %"));

    private MetricTitles() {}

    /** The key itself if it has no title. */
    public static String of(String key) {
        return TITLES.getOrDefault(key, key);
    }
}
