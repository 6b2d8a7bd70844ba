package org.scibert.infra;

import java.util.List;
import java.util.Map;

/**
 * CDK's switches between old and new behaviour, in code, so that plain Java gives the templates that CDK's tool would.
 */
public final class FeatureFlags {
    /** As the context of an application. */
    public static final Map<String, Object> CONTEXT = Map.of(
            "@aws-cdk/core:target-partitions", List.of("aws"),
            "@aws-cdk/core:checkSecretUsage", true,
            // The logs' bucket admits the logging service by policy; ACLs are off.
            "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true,
            "@aws-cdk/aws-s3:createDefaultLoggingPolicy", true,
            "@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName", true,
            // A version follows from what it runs, not from how CDK describes it.
            "@aws-cdk/aws-lambda:recognizeVersionProps", true,
            "@aws-cdk/aws-codedeploy:removeAlarmsFromDeploymentGroup", true);

    private FeatureFlags() {}
}
