package org.scibert.infra.foundation;

import java.util.List;
import java.util.Map;
import org.scibert.infra.Names;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ecr.LifecycleRule;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.TagMutability;
import software.amazon.awscdk.services.ecr.TagStatus;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** One container repository for the function's image, one for the job's. */
final class Repositories {
    /** Images to go back to; a Lambda whose image is gone stops within weeks. */
    private static final int IMAGES_KEPT = 30;

    Repositories(Construct scope, Names names) {
        repository(scope, "FunctionImages", names.repository("function")).addToResourcePolicy(lambdaPulls(names));
        repository(scope, "TrainingImages", names.repository("training"));
    }

    private static Repository repository(Construct scope, String id, String name) {
        return Repository.Builder.create(scope, id)
                .repositoryName(name)
                .imageTagMutability(TagMutability.IMMUTABLE)
                .imageScanOnPush(true)
                .lifecycleRules(List.of(
                        LifecycleRule.builder().rulePriority(1).tagStatus(TagStatus.UNTAGGED)
                                .maxImageAge(Duration.days(7)).build(),
                        LifecycleRule.builder().rulePriority(2).tagStatus(TagStatus.ANY)
                                .maxImageCount(IMAGES_KEPT).build()))
                // Kept when the stack is deleted, but not when its first creation fails: the name would be taken for
                // the second try.
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    private static PolicyStatement lambdaPulls(Names names) {
        return PolicyStatement.Builder.create()
                .sid("LambdaPulls")
                .principals(List.of(new ServicePrincipal("lambda.amazonaws.com")))
                .actions(List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"))
                .conditions(Map.of("ArnLike", Map.of("aws:SourceArn", names.functionArn())))
                .build();
    }
}
