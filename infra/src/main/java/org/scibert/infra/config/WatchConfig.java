package org.scibert.infra.config;

import java.util.Optional;

/**
 * What is watched of the answers: drift, and a candidate on trial.
 *
 * @param driftWindow texts that drift is counted over in each instance; empty is the function's own 500. Shorter where
 *     instances see few texts before they go
 * @param driftPsi population stability index from which drift is an alarm; by custom 0.25 is a large change
 * @param candidateTexts that a candidate must have read before it is judged; empty is the function's own 200
 * @param candidateAgreement share of the compared texts on which a candidate must give the same labels; empty is the
 *     function's own 0.9
 */
public record WatchConfig(Optional<Integer> driftWindow, double driftPsi, Optional<Integer> candidateTexts,
        Optional<Double> candidateAgreement) {

    public WatchConfig {
        driftWindow.ifPresent(texts -> Check.range("drift.window", texts, 50, 100_000));
        Check.that(driftPsi > 0 && driftPsi <= 10, "drift.psi is %s; use a number above 0, at most 10", driftPsi);
        candidateTexts.ifPresent(texts -> Check.range("candidate.texts", texts, 10, 100_000));
        candidateAgreement.ifPresent(share -> Check.that(share >= 0 && share <= 1,
                "candidate.agreement is %s; use a share from 0 to 1", share));
    }

    static WatchConfig of(Settings settings) {
        return new WatchConfig(
                settings.optionalInteger("drift.window"),
                settings.optionalNumber("drift.psi").orElse(0.25),
                settings.optionalInteger("candidate.texts"),
                settings.optionalNumber("candidate.agreement"));
    }
}
