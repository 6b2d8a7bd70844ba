package org.scibert.infra.foundation;

import java.util.List;
import java.util.Map;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import org.scibert.infra.config.GitHubConfig;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.CfnOIDCProvider;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;

/**
 * The two roles that a workflow may take, without a stored key: one deploys, one operates (retrains, moves the
 * pointer).
 * GitHub signs a token for one repository and environment; nothing else is let in.
 */
final class GitHubRoles {
    private static final String ISSUER = "token.actions.githubusercontent.com";

    private final Role deploy;
    private final Role operate;

    GitHubRoles(Construct scope, InfraConfig config, Names names) {
        GitHubConfig github = config.github();
        String provider = github.providerArn().orElseGet(() -> CfnOIDCProvider.Builder.create(scope, "GitHub")
                .url("https://" + ISSUER)
                .clientIdList(List.of("sts.amazonaws.com"))
                .build()
                .getAttrArn());
        deploy = role(scope, "DeployRole", names.of("deploy"), provider, github, Duration.hours(1));
        // As long as a job may take, for the workflow that waits for it.
        operate = role(scope, "OperateRole", names.of("operate"), provider, github, Duration.hours(12));
        deploying(config, names);
        operating(config, names);
    }

    Role deploy() {
        return deploy;
    }

    Role operate() {
        return operate;
    }

    private static Role role(Construct scope, String id, String name, String provider, GitHubConfig github,
            Duration session) {
        return Role.Builder.create(scope, id)
                .roleName(name)
                .maxSessionDuration(session)
                .assumedBy(new WebIdentityPrincipal(provider, Map.of("StringEquals", Map.of(
                        ISSUER + ":aud", "sts.amazonaws.com",
                        ISSUER + ":sub", github.subjects()))))
                .build();
    }

    private void deploying(InfraConfig config, Names names) {
        deploy.addToPolicy(Policies.allow("Stacks", List.of("cloudformation:CreateChangeSet",
                "cloudformation:DescribeChangeSet", "cloudformation:ExecuteChangeSet", "cloudformation:DeleteChangeSet",
                "cloudformation:DescribeStacks", "cloudformation:DescribeStackEvents",
                // A stack whose first creation failed can only be deleted, by who made it.
                "cloudformation:DeleteStack"),
                names.arn("cloudformation", "stack/" + names.of("service") + "/*"),
                names.arn("cloudformation", "stack/" + names.of("job") + "/*")));
        deploy.addToPolicy(Policies.pass("PassExecutionRole", names.roleArn("cloudformation"),
                "cloudformation.amazonaws.com"));
        deploy.addToPolicy(Policies.allow("PushImages", List.of("ecr:BatchCheckLayerAvailability",
                "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage",
                "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                names.arn("ecr", "repository/" + names.repository("function")),
                names.arn("ecr", "repository/" + names.repository("training"))));
        deploy.addToPolicy(Policies.allowWithoutResource("SignInToRegistry", List.of("ecr:GetAuthorizationToken")));
        // The smoke test: one call through the Function URL, for which Lambda asks both rights.
        deploy.addToPolicy(Policies.allow("CallUrl", List.of("lambda:InvokeFunctionUrl"),
                names.functionArn() + ":live"));
        PolicyStatement call = Policies.allow("CallByUrl", List.of("lambda:InvokeFunction"),
                names.functionArn() + ":live");
        if (config.function().keysSecret().isEmpty()) {
            call.addCondition("Bool", Map.of("lambda:InvokedViaFunctionUrl", "true"));
        } // else it asks without the URL: it has no key
        deploy.addToPolicy(call);
    }

    private void operating(InfraConfig config, Names names) {
        operate.addToPolicy(Policies.allow("ReadStacks", List.of("cloudformation:DescribeStacks"),
                names.arn("cloudformation", "stack/" + names.of("service") + "/*"),
                names.arn("cloudformation", "stack/" + names.of("job") + "/*")));
        operate.addToPolicy(Policies.allow("SubmitJob", List.of("batch:SubmitJob"),
                names.arn("batch", "job-queue/" + names.of("training")),
                names.arn("batch", "job-definition/" + names.of("training")),
                names.arn("batch", "job-definition/" + names.of("training") + ":*")));
        operate.addToPolicy(Policies.allowWithoutResource("WatchJob", List.of("batch:DescribeJobs")));
        operate.addToPolicy(Policies.allow("ReadJobLog", List.of("logs:GetLogEvents"),
                names.logGroupArn("training") + ":*"));
        String model = config.model().name();
        operate.addToPolicy(Policies.allow("ReadReleases", List.of("s3:GetObject"),
                names.storeArn(model + "/current.json"), names.storeArn(model + "/candidate.json"),
                names.storeArn(model + "/releases/*/manifest.json")));
        operate.addToPolicy(Policies.allow("MovePointer", List.of("s3:PutObject"),
                names.storeArn(model + "/current.json"), names.storeArn(model + "/candidate.json")));
        operate.addToPolicy(Policies.allowWithoutResource("WatchCandidate", List.of("cloudwatch:GetMetricStatistics")));
        // With it S3 answers "not found" for a pointer that isn't there yet, without it "forbidden".
        operate.addToPolicy(Policies.allow("ListModels", List.of("s3:ListBucket"), names.bucketArn("models")));
    }
}
