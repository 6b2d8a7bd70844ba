package org.scibert.function.executable;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.internal.ChecksumProvider;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/**
 * The AWS SDK looks for its C library (aws-crt) at run time and does without; the builder would refuse the references
 * to what isn't there.
 */
@TargetClass(ChecksumProvider.class)
final class ChecksumsWithoutCrt {
    private ChecksumsWithoutCrt() {}

    @Substitute
    static SdkChecksum createCrtCrc32C() {
        return null;
    }

    @Substitute
    static SdkChecksum crc64NvmeCrtImplementation() {
        throw new UnsupportedOperationException("CRC64NVME needs aws-crt, which is not in this executable");
    }

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
        throw new UnsupportedOperationException(
                algorithm.algorithmId() + " needs aws-crt, which is not in this executable");
    }
}
