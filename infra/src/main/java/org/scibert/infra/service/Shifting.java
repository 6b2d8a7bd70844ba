package org.scibert.infra.service;

import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import org.scibert.infra.config.Rollout;
import software.amazon.awscdk.services.codedeploy.AutoRollbackConfig;
import software.amazon.awscdk.services.codedeploy.ILambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaApplication;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/** The rollout: a check before any traffic, then step by step, and back when an alarm goes off. */
final class Shifting {
    private Shifting() {}

    static void attach(Construct scope, InfraConfig config, Alias live, Alarms alarms, Names names) {
        Rollout rollout = config.function().rollout();
        if (rollout == Rollout.ALL_AT_ONCE) {
            return;
        }
        ILambdaDeploymentConfig pace = rollout == Rollout.CANARY
                ? LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES
                : LambdaDeploymentConfig.LINEAR_10_PERCENT_EVERY_1_MINUTE;
        LambdaDeploymentGroup.Builder.create(scope, "Rollout")
                .application(LambdaApplication.Builder.create(scope, "Application")
                        .applicationName(names.of("classify"))
                        .build())
                .deploymentGroupName(names.of("live"))
                .deploymentConfig(pace)
                .alias(live)
                .preHook(TrafficCheck.create(scope, config, live, names))
                .alarms(alarms.ofRollout())
                .autoRollback(AutoRollbackConfig.builder()
                        .failedDeployment(true).stoppedDeployment(true).deploymentInAlarm(true).build())
                .role(Role.fromRoleArn(scope, "RolloutRole", names.roleArn("rollout"),
                        FromRoleArnOptions.builder().mutable(false).build()))
                .build();
    }
}
