package org.scibert.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import org.scibert.io.Json;
import org.scibert.io.Sha256;
import org.scibert.io.Text;

/**
 * The version that is on trial beside the one in service: {@code NAME/candidate.json}, which stays when the trial has
 * ended.
 *
 * @param name the release's name
 * @param version on trial
 * @param manifestSha256 of its manifest.json
 * @param share of the texts that it answers, above 0 and at most {@link #MOST_SHARE}; null if it answers none and is
 *     only compared
 * @param startedAt when the trial began
 * @param endedAt when it ended; null while it goes on
 */
public record Candidate(
        String name, Version version, String manifestSha256, Double share, Instant startedAt, Instant endedAt) {
    /** With more, the candidate would be the one in service. */
    public static final double MOST_SHARE = 0.5;

    public Candidate {
        ReleaseName.require(name);
        Sha256.require("manifestSha256", manifestSha256);
        if (version == null || startedAt == null) {
            throw new IllegalArgumentException("version or startedAt is missing");
        }
        if (share != null) {
            requireShare(share);
        }
    }

    /** @throws IllegalArgumentException if a share is out of its range */
    public static double requireShare(double share) {
        if (!(share > 0 && share <= MOST_SHARE)) {
            throw new IllegalArgumentException(Text.format(
                    "a candidate's share must be above 0 and at most %s, is %s; promote it to have it answer all",
                    MOST_SHARE, share));
        }
        return share;
    }

    /**
     * Reads a candidate's bytes.
     *
     * @param source names them in errors
     * @throws CorruptReleaseException if they are not a candidate
     */
    static Candidate parse(byte[] json, String source) throws CorruptReleaseException {
        try {
            return Json.read(json, Candidate.class);
        } catch (JsonProcessingException e) {
            throw new CorruptReleaseException(
                    Text.format("%s is not a candidate (%s): delete it", source, Json.explain(e)), e);
        }
    }

    /** Whether the trial goes on. */
    public boolean onTrial() {
        return endedAt == null;
    }

    byte[] toBytes() {
        return Json.write(this);
    }
}
