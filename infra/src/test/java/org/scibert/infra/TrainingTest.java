package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static final String MODELS = "arn:aws:s3:::scibert-models-111122223333-eu-west-1";

    private final Template template = Templates.of("training");
    private final Template job = Templates.of("job");

    @Test
    void spareMachinesComeFirstAndNoneStays() {
        JsonNode order = template.only("AWS::Batch::JobQueue").get("ComputeEnvironmentOrder");
        List<JsonNode> machines = template.all("AWS::Batch::ComputeEnvironment");

        assertThat(order.findValuesAsText("ComputeEnvironment")).satisfiesExactly(
                first -> assertThat(first).startsWith("Spot"), second -> assertThat(second).startsWith("OnDemand"));
        assertThat(order.findValuesAsText("Order")).containsExactly("1", "2");
        assertThat(machines.stream().map(m -> m.at("/Properties/ComputeResources/Type").asText()))
                .containsExactlyInAnyOrder("SPOT", "EC2");
        assertThat(machines).allSatisfy(m -> {
            JsonNode resources = m.at("/Properties/ComputeResources");
            assertThat(resources.get("MinvCpus").asInt()).isZero();
            assertThat(resources.has("DesiredvCpus")).isFalse();
            assertThat(resources.get("MaxvCpus").asInt()).isEqualTo(8);
            assertThat(texts(resources.get("InstanceTypes"))).containsExactly("g5.xlarge", "g4dn.xlarge");
            assertThat(resources.at("/Ec2Configuration/0/ImageType").asText()).isEqualTo("ECS_AL2023_NVIDIA");
            assertThat(resources.at("/LaunchTemplate/Version").asText()).endsWith(".LatestVersionNumber");
        });
    }

    @Test
    void onlyAnInterruptionIsTriedAgain() {
        JsonNode retry = job.only("AWS::Batch::JobDefinition").get("RetryStrategy");

        assertThat(retry.get("Attempts").asInt()).isEqualTo(5);
        assertThat(retry.get("EvaluateOnExit").toString()).isEqualTo(
                "[{\"Action\":\"RETRY\",\"OnStatusReason\":\"Host EC2*\"},"
                        + "{\"Action\":\"RETRY\",\"OnExitCode\":\"75\"},"
                        + "{\"Action\":\"EXIT\",\"OnReason\":\"*\"}]");
        assertThat(job.only("AWS::Batch::JobDefinition").at("/Timeout/AttemptDurationSeconds").asInt())
                .isEqualTo(6 * 3600);
    }

    @Test
    void theContainerHasOneGpuAnImageByDigestAndTheJobsSettings() {
        JsonNode container = job.only("AWS::Batch::JobDefinition").get("ContainerProperties");

        assertThat(container.get("Image").asText())
                .isEqualTo("111122223333.dkr.ecr.eu-west-1.amazonaws.com/scibert/training@" + Templates.DIGEST);
        assertThat(pairs(container.get("ResourceRequirements"), "Type"))
                .isEqualTo(Map.of("GPU", "1", "VCPU", "4", "MEMORY", "14000"));
        assertThat(container.get("Privileged").asBoolean()).isFalse();
        assertThat(container.get("Secrets")).isEmpty();
        assertThat(pairs(container.get("Environment"), "Name")).containsAllEntriesOf(Map.of(
                "DATA_TRAIN", "s3://scibert-data-111122223333-eu-west-1/train.jsonl",
                "DATA_DEV", "s3://scibert-data-111122223333-eu-west-1/dev.jsonl",
                "DATA_TEST", "s3://scibert-data-111122223333-eu-west-1/test.jsonl",
                "ENCODER", "hf:allenai/scibert_scivocab_uncased",
                "MODEL_STORE", "s3://scibert-models-111122223333-eu-west-1/models",
                "MODEL_NAME", "scibert",
                "DEVICE", "gpu")).containsAllEntriesOf(Map.of(
                "TASK", "binary",
                "EPOCHS", "4",
                "BATCH_SIZE", "32",
                "LEARNING_RATE", "2e-5",
                "MAX_TOKENS", "256",
                "AWS_REGION", "eu-west-1"));
    }

    @Test
    void theTokenComesFromASecretAndIsInNoTemplate() {
        Template withToken = Templates.of("training", "TRAINING_HF_TOKEN_SECRET=scibert/hf-token");
        JsonNode secret = Templates.of("job", "TRAINING_HF_TOKEN_SECRET=scibert/hf-token")
                .only("AWS::Batch::JobDefinition").at("/ContainerProperties/Secrets/0");

        assertThat(secret.get("Name").asText()).isEqualTo("HF_TOKEN");
        assertThat(secret.get("ValueFrom").asText())
                .isEqualTo("arn:aws:secretsmanager:eu-west-1:111122223333:secret:scibert/hf-token");
        assertThat(withToken.statement("ReadToken").get("Resource").asText())
                .isEqualTo("arn:aws:secretsmanager:eu-west-1:111122223333:secret:scibert/hf-token-??????");
    }

    @Test
    void theKeyThatSignsComesFromASecretAndItsPublicOneStandsBesideIt() {
        Template signed = Templates.of("training", Templates.SIGNED);
        JsonNode container = Templates.of("job", Templates.SIGNED).only("AWS::Batch::JobDefinition")
                .get("ContainerProperties");

        assertThat(container.at("/Secrets/0/Name").asText()).isEqualTo("SIGNING_KEY");
        assertThat(container.at("/Secrets/0/ValueFrom").asText())
                .isEqualTo("arn:aws:secretsmanager:eu-west-1:111122223333:secret:scibert/signing-key");
        assertThat(container.get("Environment").findValuesAsText("Name")).contains("MODEL_PUBLIC_KEY");
        assertThat(signed.statement("ReadSigningKey").get("Resource").asText())
                .isEqualTo("arn:aws:secretsmanager:eu-west-1:111122223333:secret:scibert/signing-key-??????");
    }

    @Test
    void machinesAskForSessionTokensAndLetNobodyIn() {
        JsonNode launch = template.only("AWS::EC2::LaunchTemplate").get("LaunchTemplateData");
        JsonNode group = template.only("AWS::EC2::SecurityGroup");

        assertThat(launch.at("/MetadataOptions/HttpTokens").asText()).isEqualTo("required");
        assertThat(launch.at("/MetadataOptions/HttpPutResponseHopLimit").asInt()).isEqualTo(1);
        assertThat(launch.at("/BlockDeviceMappings/0/Ebs/Encrypted").asBoolean()).isTrue();
        assertThat(launch.get("UserData").asText()).contains("ECS_ENABLE_SPOT_INSTANCE_DRAINING=true");
        assertThat(group.has("SecurityGroupIngress")).isFalse();
        assertThat(template.all("AWS::EC2::SecurityGroupIngress")).isEmpty();
        assertThat(group.get("SecurityGroupEgress")).singleElement().satisfies(egress -> {
            assertThat(egress.get("FromPort").asInt()).isEqualTo(443);
            assertThat(egress.get("ToPort").asInt()).isEqualTo(443);
        });
        assertThat(template.all("AWS::EC2::NatGateway")).isEmpty();
        assertThat(template.only("AWS::EC2::VPCEndpoint").get("VpcEndpointType").asText()).isEqualTo("Gateway");
    }

    @Test
    void theSchedulerSubmitsTheJob() throws IOException {
        JsonNode schedule = template.only("AWS::Scheduler::Schedule");
        JsonNode input = new ObjectMapper().readTree(schedule.at("/Target/Input").asText());

        assertThat(schedule.get("ScheduleExpression").asText()).isEqualTo("cron(0 3 ? * SUN *)");
        assertThat(schedule.get("State").asText()).isEqualTo("ENABLED");
        assertThat(schedule.at("/Target/Arn").asText()).isEqualTo("arn:aws:scheduler:::aws-sdk:batch:submitJob");
        assertThat(input.get("JobQueue")).isEqualTo(template.only("AWS::Batch::JobQueue").get("JobQueueName"));
        assertThat(input.get("JobDefinition"))
                .isEqualTo(job.only("AWS::Batch::JobDefinition").get("JobDefinitionName"));
        assertThat(schedule.at("/Target/DeadLetterConfig/Arn").asText()).endsWith(":scibert-missed-starts");
        assertThat(Templates.of("training", "TRAINING_SCHEDULED=false").only("AWS::Scheduler::Schedule").get("State")
                .asText())
                .isEqualTo("DISABLED");
    }

    /**
     * CloudFormation keeps a stack's execution role, so what GitHub deploys must not hold what only others may change.
     */
    @Test
    void theDefinitionIsAStackOfItsOwn() {
        assertThat(job.raw().get("Resources")).hasSize(1);
        assertThat(template.all("AWS::Batch::JobDefinition")).isEmpty();
        JsonNode container = job.only("AWS::Batch::JobDefinition").get("ContainerProperties");
        for (String[] role : new String[][] {
                {"JobRoleArn", "scibert-training-job"}, {"ExecutionRoleArn", "scibert-training-start"}}) {
            assertThat(container.get(role[0]).asText()).isEqualTo("arn:aws:iam::111122223333:role/" + role[1]);
            assertThat(template.named("AWS::IAM::Role", "RoleName", role[1])).isNotNull();
        }
        assertThat(container.at("/LogConfiguration/Options/awslogs-group"))
                .isEqualTo(template.only("AWS::Logs::LogGroup").get("LogGroupName"));
    }

    @Test
    void zonesAndFlowLogsAreSettings() {
        assertThat(template.all("AWS::EC2::Subnet")).hasSize(2);
        assertThat(template.all("AWS::EC2::FlowLog")).isEmpty();
        Template more = Templates.of("training", "TRAINING_ZONES=3", "TRAINING_FLOW_LOGS=true");
        assertThat(more.all("AWS::EC2::Subnet")).hasSize(3);
        assertThat(more.only("AWS::EC2::FlowLog").get("ResourceType").asText()).isEqualTo("VPC");
    }

    @Test
    void aFailedJobAndAMissedStartAreReported() {
        JsonNode rule = template.only("AWS::Events::Rule");

        assertThat(rule.at("/EventPattern/detail/status/0").asText()).isEqualTo("FAILED");
        assertThat(rule.at("/Targets/0/Arn").asText()).isEqualTo("arn:aws:sns:eu-west-1:111122223333:scibert-alerts");
        assertThat(template.only("AWS::CloudWatch::Alarm").at("/AlarmActions/0").asText())
                .isEqualTo("arn:aws:sns:eu-west-1:111122223333:scibert-alerts");
    }

    @Test
    void theJobPublishesUnderItsModelAndDeletesCheckpointsOnly() {
        assertThat(template.statement("ReadAndPublishModel").get("Resource").asText())
                .isEqualTo(MODELS + "/models/scibert/*");
        assertThat(template.statement("DropCheckpoints").get("Resource").asText())
                .isEqualTo(MODELS + "/models/scibert/checkpoints/*");
        assertThat(template.statement("ReadRows").get("Action").asText()).isEqualTo("s3:GetObject");
    }

    private static Map<String, String> pairs(JsonNode array, String key) {
        return array.valueStream().collect(Collectors.toMap(p -> p.get(key).asText(), p -> p.get("Value").asText()));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
