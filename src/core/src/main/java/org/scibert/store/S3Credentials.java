package org.scibert.store;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The SDK's default credentials; their absence is a failure of its own type, which the SDK tells by a text only. */
final class S3Credentials implements AwsCredentialsProvider {
    private final AwsCredentialsProvider chain = DefaultCredentialsProvider.builder().build();

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkClientException e) {
            throw new Missing(e);
        }
    }

    static final class Missing extends SdkClientException {
        private static final long serialVersionUID = 1L;

        Missing(SdkClientException cause) {
            super(SdkClientException.builder().message("there are no credentials").cause(cause));
        }
    }
}
