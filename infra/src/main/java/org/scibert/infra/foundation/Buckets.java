package org.scibert.infra.foundation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scibert.infra.Names;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * Models, data, and the log of who touched them. S3 encrypts with its own keys: a key of one's own costs a dollar a
 * month and a right in every role, against the same people.
 */
final class Buckets {
    private static final int LOG_DAYS = 90;
    /** A job that was interrupted is retried within hours. */
    private static final int CHECKPOINT_DAYS = 14;
    /** How long what was deleted or replaced, such as the pointer's history, can be brought back. */
    private static final int NONCURRENT_DAYS = 90;
    private static final int NONCURRENT_KEPT = 20;

    Buckets(Construct scope, String modelName, Names names) {
        Bucket logs = base(scope, "AccessLogs", names.bucket("access-logs"))
                .lifecycleRules(List.of(
                        LifecycleRule.builder().id("expire").expiration(Duration.days(LOG_DAYS)).build(),
                        unfinished()))
                .build();
        Bucket models = base(scope, "Models", names.bucket("models"))
                .versioned(true)
                .serverAccessLogsBucket(logs)
                .serverAccessLogsPrefix("models/")
                .lifecycleRules(List.of(unfinished(), noncurrent(), LifecycleRule.builder()
                        .id("checkpoints")
                        .prefix(String.format(Locale.ROOT, "%s/%s/checkpoints/", Names.STORE_PREFIX, modelName))
                        .expiration(Duration.days(CHECKPOINT_DAYS))
                        .build()))
                .build();
        models.addToResourcePolicy(releasesAreWrittenOnce(names));
        base(scope, "Data", names.bucket("data"))
                .versioned(true)
                .serverAccessLogsBucket(logs)
                .serverAccessLogsPrefix("data/")
                .lifecycleRules(List.of(unfinished(), noncurrent()))
                .build();
    }

    private static Bucket.Builder base(Construct scope, String id, String name) {
        return Bucket.Builder.create(scope, id)
                .bucketName(name)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                // Kept when the stack is deleted, but not when its first creation fails: the name would be taken for
                // the second try.
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }

    /** Refuses to overwrite a file of a release, whoever asks; parts of an upload carry no condition, its end does. */
    private static PolicyStatement releasesAreWrittenOnce(Names names) {
        return PolicyStatement.Builder.create()
                .sid("ReleasesAreWrittenOnce")
                .effect(Effect.DENY)
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of("s3:PutObject"))
                .resources(List.of(names.storeArn("*/releases/*")))
                .conditions(Map.of(
                        "Null", Map.of("s3:if-none-match", "true"),
                        "Bool", Map.of("s3:ObjectCreationOperation", "true")))
                .build();
    }

    private static LifecycleRule unfinished() {
        return LifecycleRule.builder().id("unfinished-uploads").abortIncompleteMultipartUploadAfter(Duration.days(3))
                .build();
    }

    private static LifecycleRule noncurrent() {
        return LifecycleRule.builder()
                .id("noncurrent")
                .noncurrentVersionExpiration(Duration.days(NONCURRENT_DAYS))
                .noncurrentVersionsToRetain(NONCURRENT_KEPT)
                .build();
    }
}
