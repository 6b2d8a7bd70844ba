package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.scibert.classifier.Windows;
import org.scibert.decision.Decision;
import org.scibert.drift.TextFacts;
import org.scibert.function.telemetry.Drift;
import org.scibert.function.telemetry.EmbeddedMetrics;
import org.scibert.text.Encoding;

/**
 * Classifies encoded texts with the model in service, or its share of them with the candidate, and counts what drift
 * and trial are seen by. A candidate that fails is answered for by the model in service.
 */
@Singleton
public final class TextClassifier {
    /** Longest time that a comparison waits for the network. */
    private static final Duration COMPARISON = Duration.ofMinutes(1);

    private final ModelInService service;
    private final Lanes lanes;
    private final Canary canary;
    private final Comparisons comparisons;
    private final Drift drift;
    private final boolean frozenBetween;

    /** Lambda stops the process between events, so that the time of work after an answer says nothing. */
    @Inject
    TextClassifier(ModelInService service, Lanes lanes, Canary canary, Comparisons comparisons, Drift drift,
            EmbeddedMetrics log) {
        this.service = service;
        this.lanes = lanes;
        this.canary = canary;
        this.comparisons = comparisons;
        this.drift = drift;
        this.frozenBetween = log.onLambda();
    }

    /**
     * A classified text.
     *
     * @param text as the network read it
     * @param windows that it was read in; null if it was cut
     * @param candidate version of the candidate that decided; null for the model in service
     */
    public record Classified(Encoding text, Integer windows, Decision decision, String candidate) {}

    /**
     * The texts of a request.
     *
     * @param inWindows whether longer texts are read in windows
     * @param mayTry whether a candidate may answer its share of them
     */
    public record Texts(List<String> texts, boolean inWindows, boolean mayTry) {
        private Texts only(List<Integer> places) {
            return new Texts(places.stream().map(texts::get).toList(), inWindows, mayTry);
        }

        private List<Encoding> encode(Model model) {
            return model.encode(texts, inWindows ? Integer.MAX_VALUE : model.maxTokens());
        }
    }

    /** Whether texts with this much time would be refused now, because of those that wait. */
    public boolean isFull(Duration time) {
        return lanes.isFull(time);
    }

    /**
     * Decides for each text, in order.
     *
     * @param model in service
     * @param encodings of the texts by that model: whole ones to be read in windows, else no longer than
     *     {@link Model#maxTokens()}
     * @throws UnavailableException if the deadline passes or the caller goes
     */
    public List<Classified> classify(Model model, Texts texts, List<Encoding> encodings, Deadline deadline) {
        Canary.Trial trial = texts.mayTry() ? canary.trial() : null;
        if (trial == null) {
            return counted(model, decide(model, texts, encodings, null, deadline, deadline::check));
        }
        if (trial.inShadow()) {
            long start = System.nanoTime();
            List<Classified> classified =
                    counted(model, decide(model, texts, encodings, null, deadline, deadline::check));
            if (!frozenBetween) {
                trial.took(false, System.nanoTime() - start, tokens(encodings));
            }
            compare(trial, trial::lease, true, texts, classified);
            return classified;
        }
        return shared(trial, model, texts, encodings, deadline);
    }

    /** The candidate reads its texts first, so that those it fails for are read with the others. */
    private List<Classified> shared(
            Canary.Trial trial, Model model, Texts texts, List<Encoding> encodings, Deadline deadline) {
        int n = encodings.size();
        Classified[] classified = new Classified[n];
        List<Integer> drawn = IntStream.range(0, n).filter(i -> trial.answers(texts.texts().get(i))).boxed().toList();
        if (!drawn.isEmpty()) {
            byCandidate(trial, texts, encodings, drawn, deadline, classified);
        }
        List<Integer> rest = IntStream.range(0, n).filter(i -> classified[i] == null).boxed().toList();
        if (!rest.isEmpty()) {
            long start = System.nanoTime();
            List<Encoding> own = rest.stream().map(encodings::get).toList();
            List<Classified> decided =
                    counted(model, decide(model, texts.only(rest), own, null, deadline, deadline::check));
            if (drawn.isEmpty()) {
                trial.took(false, System.nanoTime() - start, tokens(own));
            }
            put(decided, rest, classified);
        }
        return Arrays.asList(classified);
    }

    /** @param drawn places of the texts that the candidate is to answer, at least one */
    private void byCandidate(
            Canary.Trial trial, Texts texts, List<Encoding> encodings, List<Integer> drawn, Deadline deadline,
            Classified[] classified) {
        try (ModelInService.Lease lease = trial.lease().orElse(null)) {
            if (lease == null) {
                return;
            }
            Model candidate = lease.model();
            long start = System.nanoTime();
            long mostNanos = deadline.left().toNanos() / 2; // the model in service may still have to answer
            List<Encoding> all = texts.only(drawn).encode(candidate);
            // Callers are promised that no text is blank or cut that the model in service reads.
            int[] kept = IntStream.range(0, drawn.size())
                    .filter(i -> !all.get(i).isBlank()
                            && (encodings.get(drawn.get(i)).truncated() || !all.get(i).truncated()))
                    .toArray();
            if (kept.length == 0) {
                return;
            }
            List<Integer> places = Arrays.stream(kept).mapToObj(drawn::get).toList();
            List<Encoding> own = Arrays.stream(kept).mapToObj(all::get).toList();
            Texts asked = texts.only(places);
            List<Classified> decided = decide(candidate, asked, own, candidate.id().version(), deadline, () -> {
                deadline.check();
                if (System.nanoTime() - start > mostNanos) {
                    throw new IllegalStateException("the candidate takes more than half of the time that is left");
                }
            });
            if (places.size() == encodings.size()) {
                trial.took(true, System.nanoTime() - start, tokens(own));
            }
            trial.read(places.size(), "answered");
            put(decided, places, classified);
            compare(trial, () -> Optional.of(service.lease()), false, asked, decided);
        } catch (UnavailableException e) {
            throw e; // the caller's deadline, or the caller has gone
        } catch (RuntimeException e) {
            trial.failed(drawn.size(), e);
        }
    }

    /** Has the other model read the same texts after the answer, if there is time. */
    private void compare(
            Canary.Trial trial, Supplier<Optional<ModelInService.Lease>> other, boolean isCandidate, Texts texts,
            List<Classified> answered) {
        boolean taken = comparisons.offer(() -> {
            try (ModelInService.Lease lease = other.get().orElse(null)) {
                if (lease == null) {
                    return;
                }
                Model model = lease.model();
                Deadline waiting = new Deadline(COMPARISON);
                List<Encoding> encodings = texts.encode(model);
                long start = System.nanoTime();
                List<Classified> decided = decide(model, texts, encodings, null, waiting, waiting::check);
                if (isCandidate) {
                    trial.read(answered.size(), "compared");
                    if (!frozenBetween) {
                        trial.took(true, System.nanoTime() - start, tokens(encodings));
                    }
                }
                trial.compare(decisions(answered), decisions(decided));
            } catch (UnavailableException e) {
                trial.skipped(answered.size()); // too much waits for the network
            } catch (RuntimeException e) {
                if (isCandidate) {
                    trial.failed(answered.size(), e);
                }
            }
        });
        if (!taken) {
            trial.skipped(answered.size());
        }
    }

    private List<Classified> counted(Model model, List<Classified> classified) {
        drift.count(model.id().version(), classified.stream()
                .map(c -> TextFacts.of(model.rule(), c.decision(), c.text(), model.unknownId()))
                .toList());
        return classified;
    }

    private List<Classified> decide(
            Model model, Texts texts, List<Encoding> encodings, String candidate, Deadline deadline, Runnable check) {
        Windows windows = texts.inWindows() ? Windows.of(encodings, model.maxTokens()) : null;
        List<float[]> network = windows == null
                ? lanes.logits(model, encodings, deadline, check)
                : windows.join(lanes.logits(model, windows.all(), deadline, check), model.rule().task());
        List<float[]> logits = model.blended(texts.texts(), network);
        List<Classified> classified = new ArrayList<>(encodings.size());
        for (int i = 0; i < encodings.size(); i++) {
            classified.add(new Classified(encodings.get(i), windows == null ? null : windows.count(i),
                    model.rule().decide(logits.get(i)), candidate));
        }
        return classified;
    }

    private static void put(List<Classified> decided, List<Integer> places, Classified[] classified) {
        for (int i = 0; i < decided.size(); i++) {
            classified[places.get(i)] = decided.get(i);
        }
    }

    private static List<Decision> decisions(List<Classified> classified) {
        return classified.stream().map(Classified::decision).toList();
    }

    private static int tokens(List<Encoding> encodings) {
        return encodings.stream().mapToInt(Encoding::used).sum();
    }
}
