package org.scibert.infra.service;

import java.util.List;
import org.scibert.infra.Names;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/**
 * One dashboard: is it well, how many ask, how long do they wait; then drift, and the candidate on trial. The alarms
 * stand first.
 */
final class Overview {
    private static final int WIDTH = 12;

    private Overview() {}

    static void draw(Construct scope, Alias live, Alarms alarms, Names names) {
        Dashboard.Builder.create(scope, "Dashboard")
                .dashboardName(names.of("classify"))
                .widgets(List.<List<? extends IWidget>>of(
                        List.of(AlarmStatusWidget.Builder.create()
                                .title("Alarms").width(2 * WIDTH).alarms(alarms.all()).build()),
                        List.of(
                                graph("Requests a minute", live.metricInvocations(Alarms.perMinute("Sum")),
                                        live.metricErrors(Alarms.perMinute("Sum")), Alarms.serverErrors(live),
                                        live.metricThrottles(Alarms.perMinute("Sum"))),
                                graph("Milliseconds an answer takes", live.metricDuration(Alarms.perMinute("p50")),
                                        live.metricDuration(Alarms.perMinute("p99")))),
                        List.of(
                                graph("Instances at work",
                                        live.metric("ConcurrentExecutions", Alarms.perMinute("Maximum"))),
                                graph("Milliseconds a new instance takes", alarms.coldStart())),
                        List.of(
                                graph("Drift: stability index of scores and labels",
                                        drift(alarms, "DriftScorePsi"), drift(alarms, "DriftLabelPsi")),
                                graph("Drift: shares of the texts and tokens", drift(alarms, "DriftAsked"),
                                        drift(alarms, "DriftUnsure"), drift(alarms, "DriftTruncated"),
                                        drift(alarms, "DriftUnknownTokens"))),
                        List.of(
                                graph("Candidate: texts, errors", candidate(alarms, "CandidateTexts", "Sum"),
                                        candidate(alarms, "CandidateErrors", "Sum")),
                                graph("Candidate: agreement, difference, latency ratio",
                                        candidate(alarms, "CandidateAgreement", "Average"),
                                        candidate(alarms, "CandidateDifference", "Average"),
                                        candidate(alarms, "CandidateLatencyRatio", "Average")))))
                .build();
    }

    private static IMetric drift(Alarms alarms, String name) {
        return alarms.ofAnswers(name, "Average", Alarms.DRIFT_PERIOD);
    }

    private static IMetric candidate(Alarms alarms, String name, String statistic) {
        return alarms.ofAnswers(name, statistic, Duration.minutes(1));
    }

    private static GraphWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create().title(title).width(WIDTH).left(List.of(metrics)).build();
    }
}
