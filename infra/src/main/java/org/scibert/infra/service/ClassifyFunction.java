package org.scibert.infra.service;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.scibert.infra.Names;
import org.scibert.infra.config.FunctionConfig;
import org.scibert.infra.config.InfraConfig;
import org.scibert.infra.config.ModelConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.DockerImageCode;
import software.amazon.awscdk.services.lambda.DockerImageFunction;
import software.amazon.awscdk.services.lambda.EcrImageCodeProps;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The Lambda from an image, its log and its alias. */
final class ClassifyFunction {
    private final LogGroup logs;
    private final Alias live;

    ClassifyFunction(Construct scope, InfraConfig config, Names names) {
        FunctionConfig settings = config.function();
        logs = LogGroup.Builder.create(scope, "Log")
                .logGroupName(names.logGroup("function"))
                .retention(retention(settings.logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        DockerImageFunction.Builder builder = DockerImageFunction.Builder.create(scope, "Function")
                .functionName(names.of("classify"))
                .description("Classifies scientific text with the model " + config.model().name())
                .code(DockerImageCode.fromEcr(images(scope, names), EcrImageCodeProps.builder()
                        .tagOrDigest(settings.imageDigest().orElseThrow())
                        .build()))
                .architecture(switch (settings.architecture()) {
                    case X86_64 -> Architecture.X86_64;
                    case ARM64 -> Architecture.ARM_64;
                })
                .memorySize(settings.memoryMb())
                .ephemeralStorageSize(Size.mebibytes(settings.storageMb()))
                .timeout(Duration.seconds(settings.timeoutSeconds()))
                .role(Role.fromRoleArn(scope, "Role", names.roleArn("function"),
                        FromRoleArnOptions.builder().mutable(false).build()))
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .environment(environment(config, names))
                // Earlier versions stay, to go back to; they cost nothing. A version whose rollout was taken back goes:
                // Lambda publishes no second version of the same code, so one left behind would make every later
                // deployment of that image fail.
                .currentVersionOptions(VersionOptions.builder()
                        .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE).build());
        if (settings.tracing()) {
            builder.tracing(Tracing.ACTIVE);
        }
        settings.concurrency().ifPresent(builder::reservedConcurrentExecutions);
        DockerImageFunction function = builder.build();
        Alias.Builder alias = Alias.Builder.create(scope, "Live").aliasName("live")
                .version(function.getCurrentVersion());
        if (settings.provisioned() > 0) {
            alias.provisionedConcurrentExecutions(settings.provisioned());
        }
        live = alias.build();
    }

    LogGroup logs() {
        return logs;
    }

    Alias live() {
        return live;
    }

    private static IRepository images(Construct scope, Names names) {
        return Repository.fromRepositoryName(scope, "Images", names.repository("function"));
    }

    private static Map<String, String> environment(InfraConfig config, Names names) {
        ModelConfig model = config.model();
        FunctionConfig function = config.function();
        Map<String, String> environment = new TreeMap<>();
        environment.put("MODEL_STORE", names.store());
        environment.put("MODEL_NAME", model.name());
        model.version().ifPresent(version -> environment.put("MODEL_VERSION", version));
        model.refresh().ifPresent(refresh -> environment.put("MODEL_REFRESH", refresh.toString()));
        model.publicKey().ifPresent(key -> environment.put("MODEL_PUBLIC_KEY", key));
        // By its name: the function reads it when it starts, and again each minute, so that a key can be revoked.
        function.keysSecret().ifPresent(name -> environment.put("API_KEYS", "secretsmanager:" + name));
        function.textsPerMinute().ifPresent(
                texts -> environment.put("API_KEYS_TEXTS_PER_MINUTE", Integer.toString(texts)));
        if (!function.corsOrigins().isEmpty()) {
            environment.put("CORS_ORIGINS", String.join(",", function.corsOrigins()));
        }
        config.watch().driftWindow().ifPresent(texts -> environment.put("DRIFT_WINDOW", Integer.toString(texts)));
        config.watch().candidateTexts().ifPresent(
                texts -> environment.put("MODEL_CANDIDATE_TEXTS", Integer.toString(texts)));
        config.watch().candidateAgreement().ifPresent(
                share -> environment.put("MODEL_CANDIDATE_AGREEMENT", Double.toString(share)));
        environment.put("AWS_EMF_NAMESPACE", names.project());
        // The only folder that a Lambda may write.
        environment.put("MODEL_CACHE", "/tmp/models");
        // DJL reports its use to its makers, and downloads what it lacks, unless told not to.
        environment.put("OPT_OUT_TRACKING", "true");
        environment.put("DJL_OFFLINE", "true");
        return environment;
    }

    private static RetentionDays retention(int days) {
        return switch (days) {
            case 1 -> RetentionDays.ONE_DAY;
            case 3 -> RetentionDays.THREE_DAYS;
            case 5 -> RetentionDays.FIVE_DAYS;
            case 7 -> RetentionDays.ONE_WEEK;
            case 14 -> RetentionDays.TWO_WEEKS;
            case 30 -> RetentionDays.ONE_MONTH;
            case 60 -> RetentionDays.TWO_MONTHS;
            case 90 -> RetentionDays.THREE_MONTHS;
            case 120 -> RetentionDays.FOUR_MONTHS;
            case 150 -> RetentionDays.FIVE_MONTHS;
            case 180 -> RetentionDays.SIX_MONTHS;
            case 365 -> RetentionDays.ONE_YEAR;
            default -> throw new IllegalStateException(
                    String.format(Locale.ROOT, "this is a bug: the configuration let %d days pass", days));
        };
    }
}
