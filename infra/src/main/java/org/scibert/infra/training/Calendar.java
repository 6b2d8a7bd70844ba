package org.scibert.infra.training;

import java.util.List;
import java.util.Locale;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import org.scibert.infra.config.TrainingConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The schedule; a start that can't be made, even after retries, waits in a queue and rings an alarm. */
final class Calendar {
    private static final int RETRIES = 3;
    private static final int GIVE_UP_SECONDS = 3600;
    /** An hour's play: nobody waits for a retraining, and at full hours everybody asks for machines. */
    private static final int WINDOW_MINUTES = 60;

    Calendar(Construct scope, TrainingConfig settings, Names names) {
        Queue missed = Queue.Builder.create(scope, "MissedStarts")
                .queueName(names.of("missed-starts"))
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        alarm(scope, missed, names);

        Role role = Role.Builder.create(scope, "ScheduleRole")
                .roleName(names.of("schedule"))
                .assumedBy(new ServicePrincipal("scheduler.amazonaws.com").withConditions(Policies.inThisAccount()))
                .build();
        role.addToPolicy(Policies.allow("SubmitJob", List.of("batch:SubmitJob"),
                names.arn("batch", "job-queue/" + names.of("training")),
                names.arn("batch", "job-definition/" + names.of("training")),
                names.arn("batch", "job-definition/" + names.of("training") + ":*")));
        role.addToPolicy(Policies.allow("KeepMissedStarts", List.of("sqs:SendMessage"), missed.getQueueArn()));

        CfnSchedule.Builder.create(scope, "Schedule")
                .name(names.of("retrain"))
                .scheduleExpression(settings.schedule())
                .scheduleExpressionTimezone("UTC")
                .state(settings.scheduled() ? "ENABLED" : "DISABLED")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("FLEXIBLE").maximumWindowInMinutes(WINDOW_MINUTES).build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn("arn:aws:scheduler:::aws-sdk:batch:submitJob")
                        .roleArn(role.getRoleArn())
                        // The definition's name without a number is its newest revision.
                        .input(String.format(Locale.ROOT,
                                "{\"JobName\":\"%1$s-scheduled\",\"JobQueue\":\"%1$s\",\"JobDefinition\":\"%1$s\"}",
                                names.of("training")))
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(RETRIES).maximumEventAgeInSeconds(GIVE_UP_SECONDS).build())
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(missed.getQueueArn()).build())
                        .build())
                .build();
    }

    private static void alarm(Construct scope, Queue missed, Names names) {
        Alarm alarm = Alarm.Builder.create(scope, "MissedStartsAlarm")
                .alarmName(names.of("missed-starts"))
                .alarmDescription("The schedule could not submit the training job")
                .metric(missed.metricApproximateNumberOfMessagesVisible())
                .threshold(1)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(
                Topic.fromTopicArn(scope, "AlarmTopic", names.arn("sns", names.of("alerts")))));
    }
}
