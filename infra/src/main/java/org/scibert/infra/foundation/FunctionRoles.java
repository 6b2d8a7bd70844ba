package org.scibert.infra.foundation;

import java.util.List;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** The roles of the function, of CodeDeploy, and of the check before traffic. */
final class FunctionRoles {
    FunctionRoles(Construct scope, InfraConfig config, Names names) {
        Role function = Role.Builder.create(scope, "FunctionRole")
                .roleName(names.of("function"))
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        // No listing: a release that isn't there reads as "access denied", which the start's message says.
        function.addToPolicy(Policies.allow("ReadThisModel", List.of("s3:GetObject"),
                names.storeArn(config.model().name() + "/*")));
        function.addToPolicy(Policies.allow("WriteLogs", List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                names.logGroupArn("function") + ":*"));
        config.function().keysSecret().ifPresent(name -> function.addToPolicy(
                Policies.readSecret("ReadKeys", name, names)));
        if (config.function().tracing()) {
            function.addToPolicy(Policies.allowWithoutResource("SendTraces",
                    List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords")));
        }

        Role rollout = Role.Builder.create(scope, "RolloutRole")
                .roleName(names.of("rollout"))
                .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
                .build();
        rollout.addToPolicy(Policies.allow("MoveAlias", List.of("lambda:GetAlias", "lambda:UpdateAlias",
                "lambda:GetProvisionedConcurrencyConfig"), names.functionArn(), names.functionArn() + ":*"));
        rollout.addToPolicy(Policies.allow("CallCheck", List.of("lambda:InvokeFunction"), names.checkArn()));
        rollout.addToPolicy(Policies.allowWithoutResource("WatchAlarms", List.of("cloudwatch:DescribeAlarms")));

        Role check = Role.Builder.create(scope, "CheckRole")
                .roleName(names.of("check"))
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        check.addToPolicy(
                Policies.allow("AskNewVersion", List.of("lambda:InvokeFunction"), names.functionArn() + ":*"));
        check.addToPolicy(Policies.allow("WriteCheckLogs", List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                names.logGroupArn("check") + ":*"));
        check.addToPolicy(Policies.allowWithoutResource("TellCodeDeploy",
                List.of("codedeploy:PutLifecycleEventHookExecutionStatus")));
    }
}
