package org.scibert.infra.foundation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The execution role: what CloudFormation may do on behalf of a workflow. It makes everything in the service stack and
 * in the job stack. It can make no role and change none, so that a workflow gone wrong can run other code as the
 * function or the job, but can't give itself a right. It can open the function to the public only where
 * {@code function.open} was set when an administrator deployed this role.
 */
final class CloudFormationRole {

    CloudFormationRole(Construct scope, boolean open, Names names) {
        Role role = Role.Builder.create(scope, "CloudFormationRole")
                .roleName(names.of("cloudformation"))
                .assumedBy(new ServicePrincipal("cloudformation.amazonaws.com"))
                .build();
        function(role, names);
        address(role, open, names);
        watching(role, names);
        rollout(role, names);
        job(role, names);
    }

    private static void function(Role role, Names names) {
        role.addToPolicy(Policies.allow("Function", List.of(
                "lambda:CreateFunction", "lambda:DeleteFunction", "lambda:GetFunction",
                "lambda:GetFunctionConfiguration",
                "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration",
                "lambda:GetFunctionCodeSigningConfig",
                "lambda:GetFunctionRecursionConfig", "lambda:GetRuntimeManagementConfig",
                "lambda:PutFunctionConcurrency", "lambda:DeleteFunctionConcurrency", "lambda:GetFunctionConcurrency",
                "lambda:PublishVersion", "lambda:ListVersionsByFunction",
                "lambda:CreateAlias", "lambda:GetAlias", "lambda:UpdateAlias", "lambda:DeleteAlias",
                "lambda:PutProvisionedConcurrencyConfig", "lambda:GetProvisionedConcurrencyConfig",
                "lambda:DeleteProvisionedConcurrencyConfig",
                "lambda:GetFunctionUrlConfig", "lambda:DeleteFunctionUrlConfig",
                "lambda:RemovePermission", "lambda:GetPolicy",
                "lambda:TagResource", "lambda:UntagResource", "lambda:ListTags"),
                names.functionArn(), names.functionArn() + ":*", names.checkArn(), names.checkArn() + ":*"));
        role.addToPolicy(Policies.pass("PassCheckRole", names.roleArn("check"), "lambda.amazonaws.com"));
        // Lambda reads the image with the rights of whoever gives it.
        role.addToPolicy(Policies.allow("Image", List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                names.arn("ecr", "repository/" + names.repository("function"))));
        role.addToPolicy(Policies.pass("PassFunctionRole", names.roleArn("function"), "lambda.amazonaws.com"));
    }

    private static void address(Role role, boolean open, Names names) {
        PolicyStatement address = Policies.allow("Address",
                List.of("lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"),
                names.functionArn(), names.functionArn() + ":*");
        address.addCondition("StringEquals", Map.of("lambda:FunctionUrlAuthType", open ? "NONE" : "AWS_IAM"));
        role.addToPolicy(address);
        if (open) {
            PolicyStatement anybody = Policies.allow("LetAnybodyCall", List.of("lambda:AddPermission"),
                    names.functionArn(), names.functionArn() + ":*");
            anybody.addCondition("StringEqualsIfExists", Map.of("lambda:FunctionUrlAuthType", "NONE"));
            role.addToPolicy(anybody);
        }
    }

    private static void watching(Role role, Names names) {
        role.addToPolicy(Policies.allow("Logs", List.of(
                "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy",
                "logs:PutMetricFilter", "logs:DeleteMetricFilter", "logs:DescribeMetricFilters",
                "logs:GetDataProtectionPolicy",
                "logs:TagResource", "logs:UntagResource", "logs:ListTagsForResource"),
                names.logGroupArn("function"), names.logGroupArn("function") + ":*",
                names.logGroupArn("check"), names.logGroupArn("check") + ":*"));
        role.addToPolicy(Policies.allowWithoutResource("Find", List.of("logs:DescribeLogGroups",
                "logs:DescribeIndexPolicies", "cloudwatch:DescribeAlarms")));
        role.addToPolicy(Policies.allow("Alarms", List.of(
                "cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms",
                "cloudwatch:TagResource", "cloudwatch:UntagResource", "cloudwatch:ListTagsForResource"),
                names.arn("cloudwatch", "alarm:" + names.of("*"))));
        role.addToPolicy(Policies.allow("Dashboard", List.of(
                "cloudwatch:PutDashboard", "cloudwatch:GetDashboard", "cloudwatch:DeleteDashboards"),
                String.format(Locale.ROOT, "arn:%s:cloudwatch::%s:dashboard/%s",
                        Aws.PARTITION, Aws.ACCOUNT_ID, names.of("*"))));
    }

    private static void rollout(Role role, Names names) {
        role.addToPolicy(Policies.allow("Rollout", List.of(
                "codedeploy:CreateApplication", "codedeploy:GetApplication", "codedeploy:UpdateApplication",
                "codedeploy:DeleteApplication", "codedeploy:CreateDeploymentGroup", "codedeploy:GetDeploymentGroup",
                "codedeploy:UpdateDeploymentGroup", "codedeploy:DeleteDeploymentGroup", "codedeploy:CreateDeployment",
                "codedeploy:GetDeployment", "codedeploy:RegisterApplicationRevision",
                "codedeploy:GetApplicationRevision", "codedeploy:ListTagsForResource", "codedeploy:TagResource",
                "codedeploy:UntagResource"),
                names.arn("codedeploy", "application:" + names.of("*")),
                names.arn("codedeploy", "deploymentgroup:" + names.of("*"))));
        role.addToPolicy(Policies.allowWithoutResource("StopRollout", List.of("codedeploy:StopDeployment")));
        role.addToPolicy(Policies.allow("ReadShifting", List.of("codedeploy:GetDeploymentConfig"),
                names.arn("codedeploy", "deploymentconfig:CodeDeployDefault.Lambda*")));
        role.addToPolicy(Policies.pass("PassRolloutRole", names.roleArn("rollout"), "codedeploy.amazonaws.com"));
    }

    private static void job(Role role, Names names) {
        PolicyStatement register = Policies.allow("RegisterJob", List.of("batch:RegisterJobDefinition"),
                names.arn("batch", "job-definition/" + names.of("training")),
                names.arn("batch", "job-definition/" + names.of("training") + ":*"));
        register.addCondition("StringLike", Map.of("batch:Image", names.image("training", "sha256:*")));
        role.addToPolicy(register);
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("NeverPrivileged")
                .effect(Effect.DENY)
                .actions(List.of("batch:RegisterJobDefinition"))
                .resources(List.of("*"))
                .conditions(Map.of("Bool", Map.of("batch:Privileged", "true")))
                .build());
        role.addToPolicy(Policies.allow("Job", List.of("batch:DeregisterJobDefinition",
                "batch:TagResource", "batch:UntagResource", "batch:ListTagsForResource"),
                names.arn("batch", "job-definition/" + names.of("training")),
                names.arn("batch", "job-definition/" + names.of("training") + ":*")));
        role.addToPolicy(Policies.allowWithoutResource("FindJobs", List.of("batch:DescribeJobDefinitions")));
        role.addToPolicy(Policies.pass("PassJobRole", names.roleArn("training-job"), "ecs-tasks.amazonaws.com"));
        role.addToPolicy(Policies.pass("PassStartRole", names.roleArn("training-start"), "ecs-tasks.amazonaws.com"));
    }
}
