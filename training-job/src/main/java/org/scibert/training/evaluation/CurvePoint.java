package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A point of a curve in the unit square, to four decimals: finer than any picture; in JSON a list. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"x", "y"})
public record CurvePoint(double x, double y) {

    static CurvePoint of(double x, double y) {
        return new CurvePoint(Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4);
    }
}
