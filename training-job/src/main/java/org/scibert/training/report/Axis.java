package org.scibert.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An axis.
 *
 * @param name with the unit
 * @param min null: by the data
 * @param max null: by the data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Axis(String name, Double min, Double max) {

    /** By the data. */
    static Axis of(String name) {
        return new Axis(name, null, null);
    }

    /** From 0 on. */
    static Axis fromZero(String name) {
        return new Axis(name, 0., null);
    }

    /** From 0 to 1. */
    static Axis share(String name) {
        return new Axis(name, 0., 1.);
    }
}
