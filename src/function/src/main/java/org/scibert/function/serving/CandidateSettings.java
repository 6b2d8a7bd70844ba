package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;
import org.scibert.function.settings.StartFailure;
import org.scibert.release.Candidate;
import org.scibert.release.Version;

/**
 * Which model is on trial beside the one in service, and when it is withdrawn. Each is an environment variable,
 * MODEL_CANDIDATE first.
 *
 * @param version on trial whatever the store says; empty for the store's candidate
 * @param none whether no candidate is wanted at all
 * @param share of the texts that a named version answers; empty to have it compared only
 * @param budget share of the time that comparing may take, on a thread of its own
 * @param texts that are to be read before anything is decided
 * @param mostErrors share of the texts that the candidate may fail for
 * @param mostLatency time for a token, as a multiple of the other's
 * @param leastAgreement share of the compared texts that must have the same labels
 */
@Singleton
public record CandidateSettings(
        Optional<Version> version,
        boolean none,
        Optional<Double> share,
        double budget,
        int texts,
        double mostErrors,
        double mostLatency,
        double leastAgreement) {
    private static final String NONE = "none";

    @Inject
    public CandidateSettings(Config config) {
        this(version(Setting.of(config, "model.candidate")),
                Setting.of(config, "model.candidate").text().filter(NONE::equals).isPresent(),
                Setting.of(config, "model.candidate-share").number(0.001, Candidate.MOST_SHARE),
                Setting.of(config, "model.candidate-budget").number(0.01, 1).orElse(0.1),
                Setting.of(config, "model.candidate-texts").integer(10, 100_000).orElse(200),
                Setting.of(config, "model.candidate-errors").number(0, 1).orElse(0.02),
                Setting.of(config, "model.candidate-latency").number(1, 100).orElse(2.),
                Setting.of(config, "model.candidate-agreement").number(0, 1).orElse(0.9));
        if (share.isPresent() && version.isEmpty()) {
            throw StartFailure.of("MODEL_CANDIDATE_SHARE is for a version that MODEL_CANDIDATE names; name one, or"
                    + " unset it: the store's candidate brings its own");
        }
    }

    private static Optional<Version> version(Setting setting) {
        return setting.text().filter(text -> !text.equals(NONE)).map(text -> {
            try {
                return Version.parse(text);
            } catch (IllegalArgumentException e) {
                throw StartFailure.of("MODEL_CANDIDATE: " + e.getMessage() + ", or none");
            }
        });
    }
}
