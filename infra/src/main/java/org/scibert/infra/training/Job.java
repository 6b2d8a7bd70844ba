package org.scibert.infra.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import org.scibert.infra.config.TrainingConfig;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.batch.CfnJobDefinition;
import software.constructs.Construct;

/** The job definition: image, settings, limits, and which failures are tried again. */
final class Job {
    private static final String GPUS = "1";
    /** Of a machine with four, 16 GB; the container service keeps the rest. */
    private static final String CPUS = "4";
    private static final String MEMORY_MB = "14000";
    /** The job's way to say that it was interrupted and left a checkpoint: started again, it goes on from there. */
    private static final String INTERRUPTED = "75";

    Job(Construct scope, InfraConfig config, Names names) {
        TrainingConfig settings = config.training();
        CfnJobDefinition.Builder.create(scope, "Job")
                .type("container")
                .jobDefinitionName(names.of("training"))
                .platformCapabilities(List.of("EC2"))
                .timeout(CfnJobDefinition.TimeoutProperty.builder()
                        .attemptDurationSeconds(settings.maxHours() * 3600).build())
                .retryStrategy(CfnJobDefinition.RetryStrategyProperty.builder()
                        .attempts(settings.attempts())
                        .evaluateOnExit(List.of(
                                retryWhen().onStatusReason("Host EC2*").build(),
                                retryWhen().onExitCode(INTERRUPTED).build(),
                                CfnJobDefinition.EvaluateOnExitProperty.builder().action("EXIT").onReason("*").build()))
                        .build())
                .containerProperties(container(config, names))
                .build();
    }

    private static CfnJobDefinition.EvaluateOnExitProperty.Builder retryWhen() {
        return CfnJobDefinition.EvaluateOnExitProperty.builder().action("RETRY");
    }

    private static CfnJobDefinition.ContainerPropertiesProperty container(InfraConfig config, Names names) {
        return CfnJobDefinition.ContainerPropertiesProperty.builder()
                .image(names.image("training", config.training().imageDigest().orElseThrow()))
                .resourceRequirements(List.of(needs("GPU", GPUS), needs("VCPU", CPUS), needs("MEMORY", MEMORY_MB)))
                .jobRoleArn(names.roleArn(JobRoles.JOB))
                .executionRoleArn(names.roleArn(JobRoles.START))
                .privileged(false)
                .environment(environment(config, names))
                .secrets(secrets(config.training(), names))
                .logConfiguration(CfnJobDefinition.LogConfigurationProperty.builder()
                        .logDriver("awslogs")
                        .options(Map.of("awslogs-group", names.logGroup("training"), "awslogs-region", Aws.REGION,
                                "awslogs-stream-prefix", "job"))
                        .build())
                .build();
    }

    private static List<CfnJobDefinition.EnvironmentProperty> environment(InfraConfig config, Names names) {
        TrainingConfig settings = config.training();
        String data = String.format(Locale.ROOT, "s3://%s/", names.bucket("data"));
        Map<String, String> environment = new TreeMap<>();
        environment.put("DATA_TRAIN", data + settings.dataTrain());
        environment.put("DATA_DEV", data + settings.dataDev());
        environment.put("DATA_TEST", data + settings.dataTest());
        environment.put("ENCODER", settings.encoder());
        environment.put("MODEL_STORE", names.store());
        environment.put("MODEL_NAME", config.model().name());
        config.model().publicKey().ifPresent(key -> environment.put("MODEL_PUBLIC_KEY", key));
        environment.put("TASK", settings.task());
        environment.put("EPOCHS", Integer.toString(settings.epochs()));
        environment.put("BATCH_SIZE", Integer.toString(settings.batchSize()));
        environment.put("LEARNING_RATE", settings.learningRate());
        environment.put("MAX_TOKENS", Integer.toString(settings.maxTokens()));
        environment.put("DEVICE", "gpu");
        // The container can't ask the machine, see the launch template's one hop.
        environment.put("AWS_REGION", Aws.REGION);
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("OPT_OUT_TRACKING", "true");
        environment.put("DJL_OFFLINE", "true");
        List<CfnJobDefinition.EnvironmentProperty> pairs = new ArrayList<>();
        environment.forEach((name, value) -> pairs.add(
                CfnJobDefinition.EnvironmentProperty.builder().name(name).value(value).build()));
        return pairs;
    }

    private static List<CfnJobDefinition.SecretProperty> secrets(TrainingConfig settings, Names names) {
        List<CfnJobDefinition.SecretProperty> secrets = new ArrayList<>();
        settings.signingKeySecret().ifPresent(name -> secrets.add(secret("SIGNING_KEY", name, names)));
        settings.hfTokenSecret().ifPresent(name -> secrets.add(secret("HF_TOKEN", name, names)));
        return secrets;
    }

    private static CfnJobDefinition.SecretProperty secret(String variable, String name, Names names) {
        return CfnJobDefinition.SecretProperty.builder()
                .name(variable).valueFrom(names.arn("secretsmanager", "secret:" + name)).build();
    }

    private static CfnJobDefinition.ResourceRequirementProperty needs(String type, String value) {
        return CfnJobDefinition.ResourceRequirementProperty.builder().type(type).value(value).build();
    }
}
