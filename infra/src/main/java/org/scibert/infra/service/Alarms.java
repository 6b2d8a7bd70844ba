package org.scibert.infra.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scibert.infra.Names;
import org.scibert.infra.config.FunctionConfig;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * The alarms: all of them send a mail, some take a rollout back. Periods are a minute, for a rollout has five, but
 * for drift.
 */
final class Alarms {
    /** In a minute; one alone may be a caller that hung up. */
    private static final int ERRORS = 3;
    /** Drift comes over days. */
    static final Duration DRIFT_PERIOD = Duration.minutes(15);

    private final Construct scope;
    private final Names names;
    private final ITopic topic;
    private final List<Alarm> all = new ArrayList<>();
    private final List<Alarm> ofRollout;
    private final Metric coldStart;
    private final String model;

    Alarms(Construct scope, InfraConfig config, Alias live, LogGroup logs, Names names) {
        FunctionConfig settings = config.function();
        this.scope = scope;
        this.names = names;
        this.topic = Topic.fromTopicArn(scope, "Alerts", names.arn("sns", names.of("alerts")));
        this.coldStart = coldStart(scope, logs, names);
        this.model = config.model().name();

        add("errors", "The function failed, or ran into its timeout", live.metricErrors(perMinute("Sum")), ERRORS, 1);
        add("server-errors", "The function answered with 5xx", serverErrors(live), ERRORS, 1);
        add("p99", "One in a hundred answers takes longer than wanted", live.metricDuration(perMinute("p99")),
                settings.p99Millis(), 3);
        ofRollout = List.copyOf(all);
        // No reason to go back: nobody has measured cold starts on Lambda yet, and every rollout begins with some.
        add("cold-start", "A new instance takes nearly as long as Lambda waits for it", coldStart,
                settings.coldStartMillis(), 1);
        // No reason to go back: the old version would be throttled too.
        add("throttles", "More requests at a time than the function may run", live.metricThrottles(perMinute("Sum")),
                1, 3);
        // No reason to go back: the texts have changed, and not the function.
        add("drift", "The texts' scores are not those of the model's dev texts any more",
                ofAnswers("DriftScorePsi", "Average", DRIFT_PERIOD), config.watch().driftPsi(), 1);
        add("drift-labels", "The labels given are not those of the model's dev texts any more",
                ofAnswers("DriftLabelPsi", "Average", DRIFT_PERIOD), config.watch().driftPsi(), 1);
        // No reason to go back: the model in service answers. The workflow "candidate" ends the trial.
        add("candidate", "A function has withdrawn or refused the candidate on trial",
                ofAnswers("CandidateWithdrawn", "Maximum", Duration.minutes(1)), 1, 1);
    }

    /** A metric that the function writes to its log. */
    Metric ofAnswers(String name, String statistic, Duration period) {
        return Metric.Builder.create()
                .namespace(names.project())
                .metricName(name)
                .dimensionsMap(Map.of("Model", model))
                .statistic(statistic)
                .period(period)
                .build();
    }

    List<Alarm> all() {
        return List.copyOf(all);
    }

    List<Alarm> ofRollout() {
        return ofRollout;
    }

    Metric coldStart() {
        return coldStart;
    }

    static Metric serverErrors(Alias live) {
        return live.metric("Url5xxCount", perMinute("Sum"));
    }

    static MetricOptions perMinute(String statistic) {
        return MetricOptions.builder().period(Duration.minutes(1)).statistic(statistic).build();
    }

    /** The duration of initializations; Lambda writes it to the log and makes no metric of it. */
    private static Metric coldStart(Construct scope, LogGroup logs, Names names) {
        String value = "$.record.metrics.initDurationMs";
        return MetricFilter.Builder.create(scope, "ColdStart")
                .logGroup(logs)
                .filterName(names.of("cold-start"))
                .filterPattern(FilterPattern.literal(String.format(Locale.ROOT,
                        "{ $.type = \"platform.report\" && %s > 0 }",
                        value)))
                .metricNamespace(names.project())
                .metricName("ColdStartMillis")
                .metricValue(value)
                .build()
                .metric(perMinute("Maximum"));
    }

    private void add(String name, String description, IMetric metric, double threshold, int periods) {
        Alarm alarm = Alarm.Builder.create(scope, name + "-alarm")
                .alarmName(names.of(name))
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(periods)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(topic));
        all.add(alarm);
    }
}
