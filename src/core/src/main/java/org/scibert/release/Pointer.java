package org.scibert.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import org.scibert.io.Json;
import org.scibert.io.Sha256;
import org.scibert.io.Text;

/**
 * The pointer to the version in service: {@code NAME/current.json}, which is replaced where other objects
 * stay what they are.
 *
 * @param name the release's name
 * @param version in service
 * @param manifestSha256 of its manifest.json
 * @param previous the version it replaced, to go back to; null for the first
 * @param promotedAt when it was put in service
 */
public record Pointer(String name, Version version, String manifestSha256, Version previous, Instant promotedAt) {

    public Pointer {
        ReleaseName.require(name);
        Sha256.require("manifestSha256", manifestSha256);
        if (version == null || promotedAt == null) {
            throw new IllegalArgumentException("version or promotedAt is missing");
        }
    }

    /**
     * Reads a pointer's bytes.
     *
     * @param source names them in errors
     * @throws CorruptReleaseException if they are not a pointer
     */
    static Pointer parse(byte[] json, String source) throws CorruptReleaseException {
        try {
            return Json.read(json, Pointer.class);
        } catch (JsonProcessingException e) {
            throw new CorruptReleaseException(
                    Text.format("%s is not a pointer (%s): delete it", source, Json.explain(e)), e);
        }
    }

    boolean pointsTo(Version otherVersion, String otherManifestSha256) {
        return version.equals(otherVersion) && manifestSha256.equals(otherManifestSha256);
    }

    byte[] toBytes() {
        return Json.write(this);
    }
}
