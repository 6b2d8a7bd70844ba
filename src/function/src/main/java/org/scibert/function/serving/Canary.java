package org.scibert.function.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.scibert.decision.Decision;
import org.scibert.function.telemetry.EmbeddedMetrics;
import org.scibert.function.telemetry.Meters;
import org.scibert.io.Sha256;

/**
 * The model on trial beside the one in service: whether there is one, which texts it answers, and what came of it. It
 * is withdrawn as soon as it fails too often, is too slow or disagrees too much; nobody but the operator promotes it.
 */
@Singleton
public final class Canary {
    private static final Logger LOG = Logger.getLogger(Canary.class);
    /** Lines of the log on Lambda: one for so many texts. */
    private static final int TEXTS_IN_LINE = 20;

    private final CandidateSettings settings;
    private final Meters meters;
    private final EmbeddedMetrics log;
    /** Open while a candidate is on trial. */
    private final ModelInService place = new ModelInService();
    private volatile Trial current;
    private Status refused;

    @Inject
    public Canary(CandidateSettings settings, Meters meters, EmbeddedMetrics log) {
        this.settings = settings;
        this.meters = meters;
        this.log = log;
    }

    /** What is known of a candidate. */
    public enum State {
        ON_TRIAL("on trial"),
        /** By this function, because of what the trial showed. */
        WITHDRAWN("withdrawn"),
        /** It could not be opened, or has other labels than the model in service. */
        REFUSED("refused");

        private final String title;

        State(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * The candidate as {@code GET /model} shows it.
     *
     * @param version of its release
     * @param state a {@link State#title}
     * @param share of the texts that it answers; null if it answers none and is compared only
     * @param reason why it is withdrawn or refused; null while it is on trial
     * @param trial in numbers; null for one that was refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(
            String version, String state, Double share, String reason, @JsonUnwrapped TrialStatistics.Summary trial) {}

    /** One candidate's time on trial. */
    final class Trial {
        private final String name;
        private final String version;
        private final Optional<Double> share;
        private final TrialStatistics statistics = new TrialStatistics(settings);
        private volatile Optional<String> withdrawn = Optional.empty();
        private int unwritten;
        private int unwrittenErrors;

        private Trial(Model.Id id, Optional<Double> share) {
            this.name = id.name();
            this.version = id.version();
            this.share = share;
        }

        /** The candidate, open until the lease is closed; empty if it has just been withdrawn. */
        Optional<ModelInService.Lease> lease() {
            try {
                return current == this ? Optional.of(place.lease()) : Optional.empty();
            } catch (UnavailableException e) {
                return Optional.empty();
            }
        }

        boolean inShadow() {
            return share.isEmpty();
        }

        /**
         * Whether the candidate answers this text: by the text's digest with the candidate's version, so that each
         * caller gets one answer for one text, on every instance, and another trial draws other texts.
         */
        boolean answers(String text) {
            byte[] digest = Sha256.bytes((version + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1p-53 < share.orElse(0.);
        }

        /** Counts texts that the candidate has read. */
        void read(int texts, String how) {
            meters.trialTexts(version, how, texts);
            count(s -> s.read(texts), texts, 0);
        }

        /** Counts texts that it failed for. */
        void failed(int texts, Throwable failure) {
            LOG.debugf("the candidate %s failed: %s", version, failure.getClass().getName());
            meters.trialTexts(version, "failed", texts);
            count(s -> s.failed(texts), texts, texts);
        }

        /** Counts texts that were not compared for want of time. */
        void skipped(int texts) {
            meters.trialTexts(version, "skipped", texts);
            count(s -> s.skipped(texts), 0, 0);
        }

        /** Records how long one of the two models took. */
        void took(boolean byCandidate, long nanos, int tokens) {
            meters.trialTook(byCandidate, nanos);
            count(s -> s.took(byCandidate, nanos, tokens), 0, 0);
        }

        /** Compares decisions on the same texts. */
        void compare(List<Decision> ones, List<Decision> others) {
            count(statistics -> {
                for (int i = 0; i < ones.size(); i++) {
                    double difference = statistics.compare(ones.get(i), others.get(i));
                    meters.compared(version, ones.get(i).chosen().equals(others.get(i).chosen()), difference);
                }
            }, 0, 0);
        }

        private void count(Consumer<TrialStatistics> event, int texts, int errors) {
            synchronized (Canary.this) {
                event.accept(statistics);
                unwritten += texts;
                unwrittenErrors += errors;
                Optional<String> against =
                        current == this && withdrawn.isEmpty() ? statistics.against() : Optional.empty();
                against.ifPresent(this::withdraw);
                if (log.onLambda() && (unwritten >= TEXTS_IN_LINE || against.isPresent())) {
                    write();
                }
            }
        }

        private void withdraw(String reason) {
            withdrawn = Optional.of(reason);
            LOG.warnf("the candidate %s is withdrawn: %s", version, reason);
            meters.candidate(version, State.WITHDRAWN.title(), this::latencyRatio);
            place.close();
        }

        private void write() {
            TrialStatistics.Summary summary = statistics.summary();
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("CandidateTexts", (double) unwritten);
            metrics.put("CandidateErrors", (double) unwrittenErrors);
            metrics.put("CandidateAgreement", summary.agreement());
            metrics.put("CandidateDifference", summary.difference());
            metrics.put("CandidateLatencyRatio", summary.latencyRatio());
            metrics.put("CandidateWithdrawn", withdrawn.isPresent() ? 1. : 0.);
            log.write(name, metrics, Map.of("Candidate", version));
            unwritten = 0;
            unwrittenErrors = 0;
        }

        private double latencyRatio() {
            synchronized (Canary.this) {
                Double ratio = statistics.latencyRatio();
                return ratio == null ? Double.NaN : ratio;
            }
        }

        private Status status() {
            return new Status(version, (withdrawn.isPresent() ? State.WITHDRAWN : State.ON_TRIAL).title(),
                    share.orElse(null), withdrawn.orElse(null), statistics.summary());
        }
    }

    /** The trial under way; null if there is none. Costs a look at a field. */
    Trial trial() {
        Trial trial = current;
        return trial == null || trial.withdrawn.isPresent() ? null : trial;
    }

    /**
     * Begins a trial and owns the model from now on.
     *
     * @param share of the texts that it answers; empty to have it compared only
     */
    synchronized void begin(Model candidate, Optional<Double> share) {
        place.replace(candidate);
        refused = null;
        current = new Trial(candidate.id(), share);
        meters.candidate(current.version, State.ON_TRIAL.title(), current::latencyRatio);
        LOG.infof("%s %s on trial, %s", candidate.id().name(), candidate.id().version(),
                share.map(s -> "for a share of " + s).orElse("in the shadow"));
    }

    /** Says why a candidate is not on trial; nothing else changes for anybody. The log is the caller's to write. */
    synchronized void refuse(Model.Id id, Optional<Double> share, String reason) {
        end();
        refused = new Status(id.version(), State.REFUSED.title(), share.orElse(null), reason, null);
        meters.candidate(id.version(), State.REFUSED.title(), () -> Double.NaN);
        log.write(id.name(), Map.of("CandidateWithdrawn", 1.), Map.of("Candidate", id.version(), "Refused", reason));
    }

    /** Ends the trial, if one goes on, and forgets it. */
    synchronized void end() {
        if (current != null || refused != null) {
            current = null;
            refused = null;
            place.close();
            meters.noCandidate();
        }
    }

    /** The candidate of now; null if there is none. */
    public synchronized Status status() {
        return current != null ? current.status() : refused;
    }

    @PreDestroy
    void close() {
        place.close();
    }
}
