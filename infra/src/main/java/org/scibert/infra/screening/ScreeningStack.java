package org.scibert.infra.screening;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachine;
import software.constructs.Construct;

/** The state machine, its role, its log, and the mail about a run that failed. */
public final class ScreeningStack extends Stack {
    private static final String DEFINITION = "screening.asl.json";
    private static final String FOLDER = "screening/*";

    public ScreeningStack(Construct scope, InfraConfig config, Names names, StackProps props) {
        super(scope, names.of("screening"), props);
        Role role = role(names);
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .logGroupName(names.logGroup("screening"))
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        CfnStateMachine machine = CfnStateMachine.Builder.create(this, "Screening")
                .stateMachineName(names.of("screening"))
                .stateMachineType("STANDARD")
                .roleArn(role.getRoleArn())
                .definitionString(definition(config.screening().concurrency()))
                .loggingConfiguration(CfnStateMachine.LoggingConfigurationProperty.builder()
                        .level("ERROR")
                        // The data of a batch are its texts.
                        .includeExecutionData(false)
                        .destinations(List.of(CfnStateMachine.LogDestinationProperty.builder()
                                .cloudWatchLogsLogGroup(CfnStateMachine.CloudWatchLogsLogGroupProperty.builder()
                                        .logGroupArn(log.getLogGroupArn()).build())
                                .build()))
                        .build())
                .definitionSubstitutions(Map.of(
                        "Bucket", names.bucket("data"), "Function", names.functionArn() + ":live"))
                .build();
        // Step Functions looks at the role's rights when the machine is made.
        machine.getNode().addDependency(role.getNode().findChild("DefaultPolicy"));
        notice(machine, names);
        CfnOutput.Builder.create(this, "StateMachine").value(machine.getRef()).build();
    }

    /** A mail for each run that did not end well: its batches are tried to the end, and a missing one fails the run. */
    private void notice(CfnStateMachine machine, Names names) {
        Rule failed = Rule.Builder.create(this, "Failed")
                .ruleName(names.of("screening-failed"))
                .description("A screening run failed or is incomplete")
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.states"))
                        .detailType(List.of("Step Functions Execution Status Change"))
                        .detail(Map.of("status", List.of("FAILED", "TIMED_OUT", "ABORTED"),
                                "stateMachineArn", List.of(machine.getRef())))
                        .build())
                .build();
        failed.addTarget(SnsTopic.Builder.create(
                        Topic.fromTopicArn(this, "Alerts", names.arn("sns", names.of("alerts"))))
                .message(RuleTargetInput.fromText(String.format(Locale.ROOT, "Screening run %s: %s. %s",
                        EventField.fromPath("$.detail.name"), EventField.fromPath("$.detail.status"),
                        EventField.fromPath("$.detail.cause"))))
                .build());
    }

    private Role role(Names names) {
        Role role = Role.Builder.create(this, "Role")
                .roleName(names.of("screening"))
                .assumedBy(new ServicePrincipal("states.amazonaws.com").withConditions(Policies.inThisAccount()))
                .build();
        role.addToPolicy(Policies.allow("AskFunction", List.of("lambda:InvokeFunction"),
                names.functionArn() + ":live"));
        role.addToPolicy(Policies.allow("ReadAndWriteRuns", List.of("s3:GetObject", "s3:PutObject",
                "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"), names.bucketArn("data") + "/" + FOLDER));
        PolicyStatement list = Policies.allow("ListRuns", List.of("s3:ListBucket"), names.bucketArn("data"));
        list.addCondition("StringLike", Map.of("s3:prefix", FOLDER));
        role.addToPolicy(list);
        // A distributed map runs its batches as executions of the machine itself.
        role.addToPolicy(Policies.allow("StartBatches", List.of("states:StartExecution"),
                names.arn("states", "stateMachine:" + names.of("screening"))));
        role.addToPolicy(Policies.allow("WatchBatches",
                List.of("states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"),
                names.arn("states", "execution:" + names.of("screening") + ":*"),
                names.arn("states", "execution:" + names.of("screening") + "/*")));
        role.addToPolicy(Policies.allow("CountBatches", List.of("states:DescribeMapRun"),
                names.arn("states", "mapRun:" + names.of("screening") + "/*")));
        role.addToPolicy(Policies.allowWithoutResource("DeliverLogs", List.of("logs:CreateLogDelivery",
                "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries",
                "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups")));
        return role;
    }

    private static String definition(int concurrency) {
        ObjectMapper json = new ObjectMapper();
        try (InputStream in = ScreeningStack.class.getResourceAsStream(DEFINITION)) {
            ObjectNode definition = (ObjectNode) json.readTree(in);
            ((ObjectNode) definition.at("/States/Screen")).put("MaxConcurrency", concurrency);
            return json.writeValueAsString(definition);
        } catch (IOException e) {
            throw new UncheckedIOException("this is a bug: " + DEFINITION + " can't be read", e);
        }
    }
}
