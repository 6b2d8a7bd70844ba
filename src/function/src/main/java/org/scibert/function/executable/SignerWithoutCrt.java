package org.scibert.function.executable;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import software.amazon.awssdk.http.auth.aws.crt.internal.signer.DefaultAwsCrtV4aHttpSigner;
import software.amazon.awssdk.http.auth.aws.internal.signer.util.OptionalDependencyLoaderUtil;

/** The same for signatures over several regions, which only multi-region access points ask for. */
@TargetClass(OptionalDependencyLoaderUtil.class)
final class SignerWithoutCrt {
    private SignerWithoutCrt() {}

    @Substitute
    static DefaultAwsCrtV4aHttpSigner getDefaultAwsCrtV4aHttpSigner() {
        throw new UnsupportedOperationException("signing with V4a needs aws-crt, which is not in this executable");
    }
}
