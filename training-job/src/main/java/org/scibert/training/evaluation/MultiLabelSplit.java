package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.scibert.training.evaluation.Bootstrap.Measure;

/** A split of rows that have any number of labels: one {@link BinarySplit} a label. N rows, C labels. */
final class MultiLabelSplit implements MeasuredSplit {
    private static final List<Measure<Sample>> MEASURES = List.of(
            new Measure<>("loss", Sample::loss),
            new Measure<>("microF1", Sample::microF1),
            new Measure<>("macroF1", Sample::macroF1),
            new Measure<>("mcc", Sample::mcc),
            new Measure<>("rocAuc", Sample::rocAuc),
            new Measure<>("prAuc", Sample::prAuc),
            new Measure<>("brier", Sample::brier),
            new Measure<>("ece", Sample::ece));

    private final List<String> names;
    /** (C), each of all N rows. */
    private final List<BinarySplit> labels;

    /**
     * @param names (C)
     * @param before (N, C), logits
     * @param after (N, C), calibrated logits
     * @param flags (N, C)
     * @param thresholds (C)
     */
    MultiLabelSplit(List<String> names, double[] before, double[] after, boolean[] flags, List<Double> thresholds) {
        this.names = names;
        this.labels = IntStream.range(0, names.size())
                .mapToObj(c -> new BinarySplit(
                        names.get(c), column(before, c), column(after, c), column(flags, c), thresholds.get(c)))
                .toList();
    }

    private double[] column(double[] logits, int label) {
        return IntStream.range(0, logits.length / names.size())
                .mapToDouble(i -> logits[i * names.size() + label])
                .toArray();
    }

    private boolean[] column(boolean[] flags, int label) {
        boolean[] column = new boolean[flags.length / names.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = flags[i * names.size() + label];
        }
        return column;
    }

    /** What was counted on a sample of the rows: means over the C labels. */
    private record Sample(List<BinarySplit.Sample> labels) {

        double microF1() {
            return labels.stream()
                    .map(BinarySplit.Sample::counts)
                    .reduce(ConfusionCounts.NONE, ConfusionCounts::plus)
                    .f1();
        }

        double macroF1() {
            return mean(label -> label.counts().f1());
        }

        double mcc() {
            return mean(label -> label.counts().mcc());
        }

        double loss() {
            return mean(BinarySplit.Sample::loss);
        }

        double brier() {
            return mean(BinarySplit.Sample::brier);
        }

        double ece() {
            return mean(BinarySplit.Sample::ece);
        }

        Double rocAuc() {
            return meanOfDefined(Ranking::rocAuc);
        }

        Double prAuc() {
            return meanOfDefined(Ranking::averagePrecision);
        }

        private double mean(ToDoubleFunction<BinarySplit.Sample> measure) {
            return labels.stream().mapToDouble(measure).average().orElseThrow();
        }

        private Double meanOfDefined(Function<Ranking, Double> measure) {
            return Ranking.meanOfDefined(labels.stream().map(BinarySplit.Sample::ranking).toList(), measure);
        }
    }

    private int rows() {
        return labels.get(0).rows();
    }

    private Sample sample(int[] times) {
        return new Sample(labels.stream().map(label -> label.sample(times)).toList());
    }

    private Sample all() {
        return new Sample(labels.stream().map(BinarySplit::all).toList());
    }

    private Sample allBefore() {
        return new Sample(labels.stream().map(BinarySplit::allBefore).toList());
    }

    @Override
    public Metrics.MultiLabel metrics() {
        Sample all = all();
        List<Metrics.OfLabel> perLabel = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            ConfusionCounts counts = all.labels().get(c).counts();
            Ranking ranking = all.labels().get(c).ranking();
            perLabel.add(new Metrics.OfLabel(
                    names.get(c), counts.precision(), counts.recall(), counts.f1(), counts.support(),
                    ranking.rocAuc(), ranking.averagePrecision()));
        }
        return new Metrics.MultiLabel(rows(), all.loss(), all.microF1(), all.macroF1(), perLabel);
    }

    @Override
    public Details.MultiLabel details() {
        List<Measure<Sample>> measures = new ArrayList<>(MEASURES);
        IntStream.range(0, names.size()).forEach(c -> BinarySplit.MEASURES.forEach(measure ->
                measures.add(new Measure<>(measure.name(), s -> measure.value().apply(s.labels().get(c))))));
        Bootstrap<Sample> bootstrap = new Bootstrap<>(rows(), this::sample, measures, Bootstrap.SEED);
        List<Details.OfLabel> perLabel = new ArrayList<>();
        int each = BinarySplit.MEASURES.size();
        for (int c = 0; c < names.size(); c++) {
            int first = MEASURES.size() + c * each;
            perLabel.add(new Details.OfLabel(
                    names.get(c), labels.get(c).details(bootstrap.intervals(first, first + each))));
        }
        Sample all = all();
        Sample uncalibrated = allBefore();
        return new Details.MultiLabel(
                all.mcc(),
                all.rocAuc(),
                all.prAuc(),
                uncalibrated.loss(),
                all.brier(),
                uncalibrated.brier(),
                all.ece(),
                uncalibrated.ece(),
                bootstrap.intervals(0, MEASURES.size()),
                perLabel);
    }

    @Override
    public List<LabelCurves> curves() {
        return labels.stream().flatMap(label -> label.curves().stream()).toList();
    }

    @Override
    public Double selectionScore(int[] times) {
        return labels.stream().mapToDouble(label -> label.counts(times).f1()).average().orElseThrow();
    }
}
