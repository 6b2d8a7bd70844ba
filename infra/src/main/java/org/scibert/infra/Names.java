package org.scibert.infra;

import java.util.Locale;
import software.amazon.awscdk.Aws;

/**
 * The names of everything in the account. They all begin with the project's name; buckets' end with account and region,
 * because the whole world shares one space of bucket names.
 *
 * @param project the prefix
 */
public record Names(String project) {
    /** The folder in the models bucket that is the store's root. */
    public static final String STORE_PREFIX = "models";

    /** A stack's, role's, topic's or function's name: {@code PROJECT-what}. */
    public String of(String what) {
        return project + "-" + what;
    }

    public String bucket(String what) {
        return String.format(Locale.ROOT, "%s-%s-%s-%s", project, what, Aws.ACCOUNT_ID, Aws.REGION);
    }

    /** A container repository's: {@code PROJECT/what}. */
    public String repository(String what) {
        return project + "/" + what;
    }

    /** A log group's: {@code /PROJECT/what}. */
    public String logGroup(String what) {
        return "/" + project + "/" + what;
    }

    /** An image in this account, by its digest and not by a tag that can be moved. */
    public String image(String repository, String digest) {
        return String.format(Locale.ROOT, "%s.dkr.ecr.%s.%s/%s@%s",
                Aws.ACCOUNT_ID, Aws.REGION, Aws.URL_SUFFIX, repository(repository), digest);
    }

    /** The store that function and job share, as their {@code MODEL_STORE} and {@code STORE} name it. */
    public String store() {
        return String.format(Locale.ROOT, "s3://%s/%s", bucket("models"), STORE_PREFIX);
    }

    public String bucketArn(String what) {
        return String.format(Locale.ROOT, "arn:%s:s3:::%s", Aws.PARTITION, bucket(what));
    }

    /** Objects of the store under a path such as {@code scibert/*}. */
    public String storeArn(String path) {
        return String.format(Locale.ROOT, "%s/%s/%s", bucketArn("models"), STORE_PREFIX, path);
    }

    public String roleArn(String what) {
        return String.format(Locale.ROOT, "arn:%s:iam::%s:role/%s", Aws.PARTITION, Aws.ACCOUNT_ID, of(what));
    }

    /** A resource of a service in this account and region. */
    public String arn(String service, String resource) {
        return String.format(Locale.ROOT, "arn:%s:%s:%s:%s:%s",
                Aws.PARTITION, service, Aws.REGION, Aws.ACCOUNT_ID, resource);
    }

    public String functionArn() {
        return arn("lambda", "function:" + of("classify"));
    }

    /** The function that checks a new version before it gets traffic. */
    public String checkArn() {
        return arn("lambda", "function:" + of("check"));
    }

    public String logGroupArn(String what) {
        return arn("logs", "log-group:" + logGroup(what));
    }
}
