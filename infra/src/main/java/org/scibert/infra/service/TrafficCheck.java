package org.scibert.infra.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * A function that CodeDeploy calls before a new version gets traffic: the version must be ready, serve the right model,
 * classify a text, and be fast enough once warm. Else the deployment fails and the alias stays where it is.
 */
final class TrafficCheck {
    /** Longer than two cold starts and an answer each. */
    private static final Duration TIMEOUT = Duration.minutes(3);

    private TrafficCheck() {}

    static IFunction create(Construct scope, InfraConfig config, Alias live, Names names) {
        LogGroup log = LogGroup.Builder.create(scope, "CheckLog")
                .logGroupName(names.logGroup("check"))
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Map<String, String> environment = new TreeMap<>();
        environment.put("VERSION_ARN", live.getVersion().getFunctionArn());
        environment.put("MODEL_NAME", config.model().name());
        config.model().version().ifPresent(version -> environment.put("MODEL_VERSION", version));
        environment.put("MOST_MILLIS", Integer.toString(config.function().p99Millis()));
        return Function.Builder.create(scope, "Check")
                .functionName(names.of("check"))
                .description("Checks a new version of " + names.of("classify") + " before it gets traffic")
                .runtime(Runtime.NODEJS_24_X)
                .handler("index.handler")
                .code(Code.fromInline(code()))
                .timeout(TIMEOUT)
                .role(Role.fromRoleArn(scope, "CheckRole", names.roleArn("check"),
                        FromRoleArnOptions.builder().mutable(false).build()))
                .logGroup(log)
                .loggingFormat(LoggingFormat.JSON)
                .environment(environment)
                .build();
    }

    private static String code() {
        try (InputStream in = TrafficCheck.class.getResourceAsStream("check.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("this is a bug: check.js can't be read", e);
        }
    }
}
