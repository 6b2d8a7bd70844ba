package org.scibert.training.evaluation;

/**
 * What was counted on binary rows, or on a sample of them.
 *
 * @param ranking by calibrated logit
 * @param loss mean log loss, in nats
 * @param brier mean squared distance of the probability from 0 or 1
 * @param ece expected calibration error
 */
record BinarySample(Outcomes outcomes, Ranking ranking, double loss, double brier, double ece) {
    private static final double SCREENING_RECALL = 0.95;

    double macroF1() {
        return (outcomes.f1() + outcomes.negated().f1()) / 2;
    }

    Double wss95() {
        return ranking.workSaved(SCREENING_RECALL);
    }
}
