package org.scibert.training.promotion;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.release.PromotionConflictException;
import org.scibert.release.ReleaseException;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.store.ObjectStore;
import org.scibert.store.StoreException;
import org.scibert.training.evaluation.PairedComparison.Answers;
import org.scibert.training.evaluation.PairedComparison;
import org.scibert.training.promotion.PromotionDecision.Outcome;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.weights.WeightsException;

/** Compares a published version with the one in service, and moves the pointer or leaves it. */
public final class PromotionGate {
    private final ObjectStore store;
    private final Releases releases;
    private final PromotionConfig config;
    private final Path cache;
    private final Clock clock;

    /**
     * @param store that {@code releases} is on; stays the caller's to close
     * @param cache folder that the version in service is brought to
     */
    public PromotionGate(ObjectStore store, Releases releases, PromotionConfig config, Path cache, Clock clock) {
        this.store = store;
        this.releases = releases;
        this.config = config;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * Decides, moves the pointer if it is to be moved and has not moved meanwhile, and stores the decision.
     *
     * @param candidate published
     * @param folder with its files
     * @param splits the versions are compared on test, or on dev without it; in a cross-validation on all rows
     * @param outOfFold the candidate's answers to all rows in a cross-validation, (N, C), in the precision in which it
     *     would be served
     * @param labels that the candidate was trained on
     * @param logits of a classifier for rows, (N, C), row-major
     * @throws org.scibert.store.StoreException if the store fails; whatever it was, one whole version is in service
     */
    public PromotionDecision decide(
            Manifest candidate,
            Path folder,
            Splits<Rows> splits,
            Optional<float[]> outOfFold,
            LabelSet labels,
            BiFunction<Rows, Classifier, float[]> logits)
            throws IOException {
        Version version = candidate.version();
        Optional<Version> current = releases.current().map(pointer -> pointer.value().version());
        Judgement judgement = current.isEmpty()
                ? Judgement.without(Outcome.FIRST, "none was in service").under(onlyNever())
                : compare(folder, current.get(), splits, outOfFold, labels, logits).under(config.mode());
        if (judgement.verdict().promotes()) {
            try {
                releases.promote(version, current);
            } catch (PromotionConflictException e) {
                judgement = new Judgement(Outcome.OVERTAKEN, e.getMessage(), judgement.comparison());
            }
        }
        PromotionDecision decision = new PromotionDecision(
                candidate.name(),
                version,
                current.orElse(null),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                config.mode(),
                judgement.verdict().promotes(),
                judgement.verdict(),
                judgement.reason(),
                splits.last(),
                splits.of(splits.last()).sha256(),
                config.margin(),
                judgement.comparison());
        new PromotionDecisions(store, candidate.name()).keep(decision);
        return decision;
    }

    /** The first version needs no leave to go in service. */
    private PromotionConfig.Mode onlyNever() {
        return config.mode() == PromotionConfig.Mode.NEVER ? PromotionConfig.Mode.NEVER : PromotionConfig.Mode.GATE;
    }

    private Judgement compare(
            Path candidate,
            Version current,
            Splits<Rows> splits,
            Optional<float[]> outOfFold,
            LabelSet labels,
            BiFunction<Rows, Classifier, float[]> logits)
            throws IOException {
        Split split = splits.last();
        Rows rows = splits.of(split);
        try {
            Path inService = releases.open(Optional.of(current), cache, PrecisionChoice.AS_RELEASED::weights).folder();
            ModelConfig model = ModelConfig.read(inService);
            LabelSet others = new LabelSet(model.network().task(), model.dataLabels());
            if (!others.equals(labels)) {
                return Judgement.without(Outcome.NOT_COMPARABLE, Text.format(
                        "it can't be compared: it is %s, the one in service %s",
                        text(labels), text(others)));
            }
            InService known = InService.read(inService);
            if (outOfFold.isPresent() && known.split().isEmpty()) {
                return Judgement.without(Outcome.NOT_COMPARABLE, "it can't be compared: the one in service was trained"
                        + " on files of its own, which may hold these rows; --promote always puts the new one in"
                        + " service");
            }
            InService.Comparable comparable = known.comparable(rows.rows());
            if (comparable.numbers().isEmpty()) {
                return Judgement.without(Outcome.NOT_COMPARABLE, Text.format(
                        "it can't be compared: the one in service was trained on all %s rows", split));
            }
            Rows compared = rows.with(comparable.numbers().stream().map(rows.rows()::get).toList());
            Answers answers = outOfFold.isEmpty()
                    ? answers(candidate, compared, logits)
                    : new Answers(
                            ModelConfig.read(candidate).rule(), select(outOfFold.get(), rows, comparable.numbers()));
            Answers ofOther = answers(inService, rows, comparable, logits);
            return PairedComparison.of(answers, ofOther, labels, compared, config.confidence())
                    .map(found -> Judgement.of(found, split, config.margin()).with(comparable.remark()))
                    .orElseGet(() -> Judgement.without(Outcome.NOT_COMPARABLE,
                            Text.format("it can't be compared: too few of the %s %s rows are positive",
                                    compared.size(), split)));
        } catch (ReleaseException | WeightsException e) {
            return Judgement.without(Outcome.NOT_COMPARABLE,
                    "it can't be compared, as the one in service can't be opened: " + e.getMessage());
        } catch (StoreException e) {
            if (config.mode() == PromotionConfig.Mode.GATE) {
                throw e;
            }
            return notCompared(e);
        } catch (IOException | RuntimeException e) {
            return notCompared(e);
        }
    }

    /** The version is published: a comparison that breaks off decides nothing, and fails nothing. */
    private static Judgement notCompared(Exception failure) {
        String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return Judgement.without(Outcome.NOT_COMPARABLE,
                Text.format("it can't be compared, as the comparison failed: %s (%s)",
                        message, failure.getClass().getSimpleName()));
    }

    private static Answers answers(Path release, Rows rows, BiFunction<Rows, Classifier, float[]> logits)
            throws IOException {
        Precision served = PrecisionChoice.AS_RELEASED.of(ModelConfig.read(release)).precision();
        try (Classifier classifier = Classifier.open(release, served)) {
            return new Answers(classifier.config().rule(), logits.apply(rows, classifier));
        }
    }

    /** The answers of the version in service, out of fold where it was trained on the rows. */
    private static Answers answers(
            Path release, Rows rows, InService.Comparable comparable, BiFunction<Rows, Classifier, float[]> logits)
            throws IOException {
        List<Row> unknown = comparable.numbers().stream()
                .filter(row -> !comparable.known().containsKey(row))
                .map(rows.rows()::get)
                .toList();
        ModelConfig model = ModelConfig.read(release);
        Answers asked = unknown.isEmpty()
                ? new Answers(model.rule(), new float[0])
                : answers(release, rows.with(unknown), logits);
        int outputs = model.network().outputs();
        float[] all = new float[comparable.numbers().size() * outputs]; // (N, C)
        int next = 0;
        for (int i = 0; i < comparable.numbers().size(); i++) {
            List<Float> known = comparable.known().get(comparable.numbers().get(i));
            for (int c = 0; c < outputs; c++) {
                all[i * outputs + c] = known == null ? asked.logits()[next++] : known.get(c);
            }
        }
        return new Answers(asked.rule(), all);
    }

    private static float[] select(float[] logits, Rows rows, List<Integer> numbers) {
        int outputs = logits.length / rows.size();
        float[] selected = new float[numbers.size() * outputs]; // (N, C)
        for (int i = 0; i < numbers.size(); i++) {
            System.arraycopy(logits, numbers.get(i) * outputs, selected, i * outputs, outputs);
        }
        return selected;
    }

    private static String text(LabelSet labels) {
        return Text.format("%s with the labels %s", labels.task().title(), String.join(", ", labels.labels()));
    }
}
