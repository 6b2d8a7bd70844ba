package org.scibert.training.promotion;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import org.scibert.release.Version;
import org.scibert.training.evaluation.PairedComparison;
import org.scibert.training.rows.Split;

/**
 * Whether a version was put in service, and why: {@code NAME/decisions/VERSION.json}.
 *
 * @param name the release's
 * @param version that was to go in service
 * @param current the one that was in service; null if none
 * @param decidedAt when
 * @param mode whether the comparison decided
 * @param promoted whether {@code version} went in service
 * @param verdict what was found
 * @param reason the same in words, with the numbers
 * @param split that the versions were compared on
 * @param dataSha256 of the rows' file
 * @param margin in points of the score
 * @param comparison the numbers; null if there are none
 */
public record Decision(
        String name,
        Version version,
        Version current,
        @JsonSerialize(using = ToStringSerializer.class) Instant decidedAt,
        PromotionMode mode,
        boolean promoted,
        Verdict verdict,
        String reason,
        Split split,
        String dataSha256,
        double margin,
        PairedComparison comparison) {}
