package org.scibert.infra.service;

import java.util.List;
import org.scibert.infra.Names;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/** One dashboard: is it well, how many ask, how long do they wait. The alarms stand first. */
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
                                graph("Milliseconds a new instance takes", alarms.coldStart()))))
                .build();
    }

    private static GraphWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create().title(title).width(WIDTH).left(List.of(metrics)).build();
    }
}
