package org.scibert.infra.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scibert.infra.Names;
import software.amazon.awscdk.services.batch.JobQueue;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** A letter for each job that failed for good, that is after its retries. */
final class Notices {
    private Notices() {}

    static void attach(Construct scope, JobQueue queue, Names names) {
        Rule failed = Rule.Builder.create(scope, "Failed")
                .ruleName(names.of("training-failed"))
                .description("A training job failed for good")
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.batch"))
                        .detailType(List.of("Batch Job State Change"))
                        .detail(Map.of("status", List.of("FAILED"), "jobQueue", List.of(queue.getJobQueueArn())))
                        .build())
                .build();
        failed.addTarget(SnsTopic.Builder.create(
                        Topic.fromTopicArn(scope, "Alerts", names.arn("sns", names.of("alerts"))))
                .message(RuleTargetInput.fromText(String.format(Locale.ROOT,
                        "Training job %s (%s) failed: %s. Its log is in %s.",
                        EventField.fromPath("$.detail.jobName"), EventField.fromPath("$.detail.jobId"),
                        EventField.fromPath("$.detail.statusReason"), names.logGroup("training"))))
                .build());
    }
}
