package org.scibert.training.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explainer;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation.Part;
import org.scibert.explain.Explanation;
import org.scibert.explain.TextParts.TextPart;
import org.scibert.explain.TextParts;
import org.scibert.io.Text;
import org.scibert.text.Encoding;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.calibration.ClopperPearson;
import org.scibert.training.evaluation.Details.Interval;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

/**
 * Measures the methods of explaining on a release, by texts whose reason is known. A planted word is one that turns a
 * text's label into another: explained for its new label, that word should come first. Of two texts of different labels
 * joined, the words of the right one should weigh more for its label.
 */
public final class ExplanationBench {
    /** Words of a label that are tried on some texts of the others, to find those that the model goes by. */
    private static final int FREQUENT = 24;
    private static final int PROBES = 8;
    /** Words that are planted in a text, of all other labels together, each in so many places. */
    private static final int CANDIDATES = 8;
    private static final int PLACES = 3;
    private static final int TIMED = 30;
    private static final double ONE_SIDED = 0.975;
    private static final long SEED = 42;

    private final Classifier classifier;
    private final Explainer explainer;
    private final List<Labelled> texts;

    /** A text and the label that rows and model agree on. */
    private record Labelled(String text, String label) {}

    /**
     * How often the known reason was found.
     *
     * @param found in so many texts
     * @param texts explained
     * @param interval of the share found, in [0, 1]: exact (Clopper and Pearson), confidence 95 %
     */
    public record Found(int found, int texts, Interval interval) {
        static Found of(long found, int texts) {
            return new Found((int) found, texts, new Interval(
                    ClopperPearson.lower((int) found, texts, ONE_SIDED),
                    ClopperPearson.upper((int) found, texts, ONE_SIDED)));
        }

        /** The share found, in [0, 1]; NaN without texts. */
        public double share() {
            return (double) found / texts;
        }
    }

    /**
     * The measurement of a method.
     *
     * @param plantedFirst planted words that came first
     * @param rightText joined texts whose right part weighed more
     * @param faithfulness against random order
     * @param millis median of one explanation
     * @param classifyMillis median of one classification of the same texts
     */
    public record Measured(
            Found plantedFirst, Found rightText, Faithfulness faithfulness, double millis, double classifyMillis) {}

    /** @param rows labelled as the release's training rows were; only texts that the model labels so are used */
    public ExplanationBench(Classifier classifier, Rows rows) {
        this.classifier = classifier;
        this.explainer = new Explainer(classifier);
        List<String> data = classifier.config().dataLabels();
        List<String> shown = classifier.config().rule().labels();
        List<Row> single = rows.rows().stream().filter(row -> row.labels().size() == 1).toList();
        List<Classification> given = classifier.classify(single.stream().map(Row::text).toList());
        List<Labelled> agreed = new ArrayList<>();
        for (int i = 0; i < single.size(); i++) {
            int place = data.indexOf(single.get(i).labels().get(0));
            if (place >= 0 && words(single.get(i).text()).size() > 1
                    && given.get(i).decision().chosen().equals(List.of(shown.get(place)))) {
                agreed.add(new Labelled(single.get(i).text(), shown.get(place)));
            }
        }
        Collections.shuffle(agreed, new Random(SEED));
        this.texts = agreed;
    }

    /**
     * Measures the methods on the same texts.
     *
     * @param most texts for each figure
     * @param stage gets a sentence at the end of each stage of the work
     */
    public Map<Method, Measured> run(int most, List<Method> methods, Consumer<String> stage) {
        stage.accept(Text.count(texts.size(), "row") + " labelled as the model labels them");
        List<Planted> planted = planted(most);
        stage.accept("words planted in " + Text.count(planted.size(), "text"));
        List<Joined> joined = joined(most);
        stage.accept(Text.count(joined.size(), "pair") + " of texts joined");
        List<String> plain = texts.stream().map(Labelled::text).toList();
        Map<Method, Measured> measured = new LinkedHashMap<>();
        for (Method method : methods) {
            List<String> timed = plain.subList(0, Math.min(TIMED, plain.size()));
            Found first = Found.of(planted.stream().filter(text -> isFirst(text, method)).count(), planted.size());
            stage.accept(method.title() + ": planted words explained");
            Found right = Found.of(joined.stream().filter(text -> isRight(text, method)).count(), joined.size());
            stage.accept(method.title() + ": joined texts explained");
            Faithfulness faithfulness = Faithfulness.of(classifier, plain, most, method, () -> { }).orElseThrow();
            stage.accept(method.title() + ": words taken out");
            measured.put(method, new Measured(first, right, faithfulness,
                    millis(timed, text -> explainer.explain(text, about(Optional.empty(), method), () -> { })),
                    millis(timed, text -> classifier.classify(List.of(text)))));
        }
        return measured;
    }

    private static Question about(Optional<String> label, Method method) {
        return new Question(label, method);
    }

    /** A text with a word that gives it its label. */
    private record Planted(String text, String label, int start) {
        static Planted of(String text, String word, int at, String label) {
            return new Planted(text.substring(0, at) + word + " " + text.substring(at), label, at);
        }
    }

    private List<Planted> planted(int most) {
        Random random = new Random(SEED);
        Map<String, List<String>> candidates = candidates(random);
        List<Planted> planted = new ArrayList<>();
        for (Labelled text : texts) {
            List<Planted> tries = new ArrayList<>();
            for (int place = 0; place < PLACES; place++) {
                int at = place(text.text(), random);
                candidates.forEach((label, chosen) -> chosen.stream()
                        .filter(word -> !label.equals(text.label()) && !text.text().contains(word))
                        .forEach(word -> tries.add(Planted.of(text.text(), word, at, label))));
            }
            strongest(tries).ifPresent(planted::add);
            if (planted.size() == most) {
                break;
            }
        }
        return planted;
    }

    /** Where one of the text's words begins. */
    private int place(String text, Random random) {
        List<TextPart> words = words(text);
        return words.get(random.nextInt(words.size())).start();
    }

    /** Of the texts that are given the label that their word was planted for, the most probable. */
    private Optional<Planted> strongest(List<Planted> tries) {
        List<Classification> given = classifier.classify(tries.stream().map(Planted::text).toList());
        return IntStream.range(0, tries.size())
                .filter(i -> given.get(i).decision().chosen().equals(List.of(tries.get(i).label())))
                .boxed()
                .max(Comparator.comparingDouble(
                        i -> given.get(i).decision().probabilities().get(tries.get(i).label())))
                .map(tries::get);
    }

    /**
     * For each label, of its frequent words those that make it most probable where they are planted in others' texts.
     */
    private Map<String, List<String>> candidates(Random random) {
        Map<String, List<String>> candidates = new LinkedHashMap<>();
        Map<String, List<String>> frequent = frequent();
        int each = Math.max(1, CANDIDATES / Math.max(1, frequent.size() - 1));
        frequent.forEach((label, words) -> {
            List<Labelled> others = texts.stream().filter(text -> !text.label().equals(label)).limit(PROBES).toList();
            int[] places = others.stream().mapToInt(text -> place(text.text(), random)).toArray();
            Map<String, Double> probable = new HashMap<>();
            for (String word : words) {
                List<String> probes = IntStream.range(0, places.length)
                        .mapToObj(i -> Planted.of(others.get(i).text(), word, places[i], label).text())
                        .toList();
                probable.put(word, classifier.classify(probes).stream()
                        .mapToDouble(given -> given.decision().probabilities().get(label))
                        .sum());
            }
            candidates.put(label, words.stream()
                    .sorted(Comparator.comparingDouble(word -> -probable.get(word)))
                    .limit(each)
                    .toList());
        });
        return candidates;
    }

    /** The words that stand in a label's texts most often beside the other labels' (smoothed log odds). */
    private Map<String, List<String>> frequent() {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        Map<String, Integer> all = new HashMap<>();
        for (Labelled text : texts) {
            words(text.text()).stream()
                    .map(word -> text.text().substring(word.start(), word.end()))
                    .distinct()
                    .forEach(word -> {
                        counts.computeIfAbsent(text.label(), label -> new TreeMap<>()).merge(word, 1, Integer::sum);
                        all.merge(word, 1, Integer::sum);
                    });
        }
        Map<String, Long> rows = texts.stream().collect(Collectors.groupingBy(Labelled::label, Collectors.counting()));
        Map<String, List<String>> frequent = new LinkedHashMap<>();
        counts.forEach((label, own) -> frequent.put(label, own.keySet().stream()
                .sorted(Comparator.comparingDouble(word -> -Math.log(
                        (own.get(word) + 0.5) / (rows.get(label) + 1)
                                / ((all.get(word) - own.get(word) + 0.5) / (texts.size() - rows.get(label) + 1)))))
                .limit(FREQUENT)
                .toList()));
        return frequent;
    }

    private boolean isFirst(Planted text, Method method) {
        return explainer.explain(text.text(), about(Optional.of(text.label()), method), () -> { }).words().stream()
                .max(Comparator.comparingDouble(Part::contribution))
                .filter(word -> word.start() == text.start())
                .isPresent();
    }

    /**
     * Two texts of different labels, one after the other.
     *
     * @param label of one of them, which the joined text is given
     * @param boundary first UTF-16 unit of the second
     * @param second whether the label is the second text's
     */
    private record Joined(String text, String label, int boundary, boolean second) {}

    private List<Joined> joined(int most) {
        List<Joined> joined = new ArrayList<>();
        for (int i = 0; i + 1 < texts.size() && joined.size() < most; i++) {
            Labelled first = texts.get(i);
            Optional<Labelled> second = texts.subList(i + 1, texts.size()).stream()
                    .filter(text -> !text.label().equals(first.label()))
                    .findFirst();
            if (second.isPresent()) {
                String beginning = first.text().strip() + (first.text().strip().endsWith(".") ? " " : ". ");
                String text = beginning + second.get().text();
                Encoding encoding = classifier.encode(List.of(text)).get(0);
                String label = classifier.classify(List.of(text), List.of(encoding)).get(0).decision().chosen().get(0);
                boolean ofSecond = label.equals(second.get().label());
                if (!encoding.truncated() && (ofSecond || label.equals(first.label()))) {
                    joined.add(new Joined(text, label, beginning.length(), ofSecond));
                }
            }
        }
        return joined;
    }

    private boolean isRight(Joined text, Method method) {
        Explanation explanation =
                explainer.explain(text.text(), about(Optional.of(text.label()), method), () -> { });
        // Not every text begins as a sentence does.
        boolean apart = explanation.sentences().stream().anyMatch(part -> part.start() == text.boundary());
        double[] sums = new double[2];
        (apart ? explanation.sentences() : explanation.words())
                .forEach(part -> sums[part.start() >= text.boundary() ? 1 : 0] += part.contribution());
        return text.second() == sums[1] > sums[0];
    }

    private List<TextPart> words(String text) {
        return TextParts.words(text, classifier.tokenize(text));
    }

    private static double millis(List<String> texts, Consumer<String> work) {
        work.accept(texts.get(0)); // first calls are slower
        double[] millis = texts.stream()
                .mapToDouble(text -> {
                    long start = System.nanoTime();
                    work.accept(text);
                    return (System.nanoTime() - start) / 1e6;
                })
                .sorted()
                .toArray();
        return millis[millis.length / 2];
    }
}
