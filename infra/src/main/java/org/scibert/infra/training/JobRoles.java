package org.scibert.infra.training;

import java.util.List;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** The job's role, and the role with which the container service starts it. */
final class JobRoles {
    static final String JOB = "training-job";
    static final String START = "training-start";

    private JobRoles() {}

    static void create(Construct scope, InfraConfig config, Names names) {
        job(role(scope, "JobRole", names.of(JOB)), config.model().name(), names);
        start(role(scope, "StartRole", names.of(START)), config, names);
    }

    private static Role role(Construct scope, String id, String name) {
        return Role.Builder.create(scope, id)
                .roleName(name)
                .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com").withConditions(Policies.inThisAccount()))
                .build();
    }

    private static void job(Role job, String model, Names names) {
        job.addToPolicy(Policies.allow("ReadRows", List.of("s3:GetObject"), names.bucketArn("data") + "/*"));
        job.addToPolicy(Policies.allow("ReadAndPublishModel",
                List.of("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"), names.storeArn(model + "/*")));
        // Releases stay: the job may take away only its own checkpoints.
        job.addToPolicy(Policies.allow("DropCheckpoints", List.of("s3:DeleteObject"),
                names.storeArn(model + "/checkpoints/*")));
        // With it S3 answers "not found" for what isn't there yet, without it "forbidden".
        job.addToPolicy(Policies.allow("List", List.of("s3:ListBucket"), names.bucketArn("data"),
                names.bucketArn("models")));
    }

    private static void start(Role start, InfraConfig config, Names names) {
        start.addToPolicy(Policies.allowWithoutResource("SignInToRegistry", List.of("ecr:GetAuthorizationToken")));
        start.addToPolicy(Policies.allow("PullImage", List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer"), names.arn("ecr", "repository/" + names.repository("training"))));
        start.addToPolicy(Policies.allow("WriteLogs", List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                names.logGroupArn("training") + ":*"));
        config.training().signingKeySecret().ifPresent(name -> start.addToPolicy(
                Policies.readSecret("ReadSigningKey", name, names)));
        config.training().hfTokenSecret().ifPresent(name -> start.addToPolicy(
                Policies.readSecret("ReadToken", name, names)));
    }
}
