package org.scibert.infra.foundation;

import java.util.List;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The execution role: what CloudFormation may do on behalf of a workflow. It makes everything in the service stack and
 * replaces the job's definition in the training stack. It can make no role and change none, so that a workflow gone
 * wrong can run other code as the function or the job, but can't give itself a right.
 */
final class CloudFormationRole {

    CloudFormationRole(Construct scope, Names names) {
        Role role = Role.Builder.create(scope, "CloudFormationRole")
                .roleName(names.of("cloudformation"))
                .assumedBy(new ServicePrincipal("cloudformation.amazonaws.com"))
                .build();
        function(role, names);
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
                "lambda:CreateFunctionUrlConfig", "lambda:GetFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig",
                "lambda:DeleteFunctionUrlConfig",
                "lambda:AddPermission", "lambda:RemovePermission", "lambda:GetPolicy",
                "lambda:TagResource", "lambda:UntagResource", "lambda:ListTags"),
                names.functionArn(), names.functionArn() + ":*"));
        // Lambda reads the image with the rights of whoever gives it.
        role.addToPolicy(Policies.allow("Image", List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                names.arn("ecr", "repository/" + names.repository("function"))));
        role.addToPolicy(Policies.pass("PassFunctionRole", names.roleArn("function"), "lambda.amazonaws.com"));
    }

    private static void watching(Role role, Names names) {
        role.addToPolicy(Policies.allow("Logs", List.of(
                "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy",
                "logs:PutMetricFilter", "logs:DeleteMetricFilter", "logs:DescribeMetricFilters",
                "logs:GetDataProtectionPolicy", "logs:DescribeIndexPolicies",
                "logs:TagResource", "logs:UntagResource", "logs:ListTagsForResource"),
                names.logGroupArn("function"), names.logGroupArn("function") + ":*"));
        role.addToPolicy(Policies.allowWithoutResource("Find", List.of("logs:DescribeLogGroups",
                "cloudwatch:DescribeAlarms")));
        role.addToPolicy(Policies.allow("Alarms", List.of(
                "cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms",
                "cloudwatch:TagResource", "cloudwatch:UntagResource", "cloudwatch:ListTagsForResource"),
                names.arn("cloudwatch", "alarm:" + names.of("*"))));
        role.addToPolicy(Policies.allow("Dashboard", List.of(
                "cloudwatch:PutDashboard", "cloudwatch:GetDashboard", "cloudwatch:DeleteDashboards"),
                "arn:%s:cloudwatch::%s:dashboard/%s".formatted(Aws.PARTITION, Aws.ACCOUNT_ID, names.of("*"))));
    }

    private static void rollout(Role role, Names names) {
        role.addToPolicy(Policies.allow("Rollout", List.of(
                "codedeploy:CreateApplication", "codedeploy:GetApplication", "codedeploy:UpdateApplication",
                "codedeploy:DeleteApplication", "codedeploy:CreateDeploymentGroup", "codedeploy:GetDeploymentGroup",
                "codedeploy:UpdateDeploymentGroup", "codedeploy:DeleteDeploymentGroup", "codedeploy:CreateDeployment",
                "codedeploy:GetDeployment", "codedeploy:StopDeployment", "codedeploy:RegisterApplicationRevision",
                "codedeploy:GetApplicationRevision", "codedeploy:ListTagsForResource", "codedeploy:TagResource",
                "codedeploy:UntagResource"),
                names.arn("codedeploy", "application:" + names.of("*")),
                names.arn("codedeploy", "deploymentgroup:" + names.of("*"))));
        role.addToPolicy(Policies.allow("ReadShifting", List.of("codedeploy:GetDeploymentConfig"),
                names.arn("codedeploy", "deploymentconfig:CodeDeployDefault.Lambda*")));
        role.addToPolicy(Policies.pass("PassRolloutRole", names.roleArn("rollout"), "codedeploy.amazonaws.com"));
    }

    private static void job(Role role, Names names) {
        role.addToPolicy(Policies.allow("Job", List.of("batch:RegisterJobDefinition", "batch:DeregisterJobDefinition",
                "batch:TagResource", "batch:UntagResource", "batch:ListTagsForResource"),
                names.arn("batch", "job-definition/" + names.of("training")),
                names.arn("batch", "job-definition/" + names.of("training") + ":*")));
        role.addToPolicy(Policies.allowWithoutResource("FindJobs", List.of("batch:DescribeJobDefinitions")));
        role.addToPolicy(Policies.pass("PassJobRole", names.roleArn("training-job"), "ecs-tasks.amazonaws.com"));
        role.addToPolicy(Policies.pass("PassStartRole", names.roleArn("training-start"), "ecs-tasks.amazonaws.com"));
    }
}
