package org.scibert.training.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.explain.Explanation.Method;
import org.scibert.lexicon.Blend;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.Provenance;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.baseline.Baseline;
import org.scibert.training.baseline.WordModel;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.DecisionFitting;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.evaluation.Details;
import org.scibert.training.evaluation.MeanDifference;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.evaluation.Mistake;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.RunState.Epoch;
import org.scibert.training.finetune.TrainingHistory;
import org.scibert.training.lexical.Candidate;
import org.scibert.training.lexical.LexicalChoice;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.training.study.SeedStudy;
import org.scibert.training.study.StudyResult;

/** What jobs of each task leave for a report, with names, ids and texts that would run as a script if they could. */
final class ReportInputs {
    static final String EVIL = "</script><script>document.title='owned'</script>";
    static final String ID = "<img src=x onerror=\"document.title='owned'\">";
    static final String TEXT = "a secret of <b>row</b>";

    private static final int ROWS = 60;

    private ReportInputs() {}

    static ReportInput of(Task task) throws Exception {
        List<String> names = task == Task.BINARY ? List.of("other", EVIL) : List.of("aim", EVIL, "result");
        LabelSet labels = new LabelSet(task, IntStream.range(0, names.size()).mapToObj(c -> "label " + c).toList());
        Random random = new Random(7);
        Rows train = rows("train", labels, random);
        Rows dev = rows("dev", labels, random);
        Rows test = rows("test", labels, random);
        float[] weights = new float[labels.task().outputs(names.size())];
        Arrays.fill(weights, 1);
        DecisionConfig decisions = new DecisionConfig(
                new BestF1(), task == Task.BINARY ? Optional.of(0.3) : Optional.empty(), 0.8);
        float[] devLogits = logits(labels, dev, random);
        DecisionFitting fitting = DecisionFitting.on(decisions, names, labels, dev, devLogits, weights);
        DecisionRule rule = fitting.rule();

        Map<Split, Measurement> splits = new EnumMap<>(Split.class);
        Map<Split, List<Mistake>> mistakes = new EnumMap<>(Split.class);
        splits.put(Split.DEV, MeasuredSplit.of(rule, labels, dev, devLogits).measurement());
        mistakes.put(Split.DEV, Mistake.worst(rule, labels, dev, devLogits, 20));
        float[] testLogits = logits(labels, test, random);
        splits.put(Split.TEST, MeasuredSplit.of(rule, labels, test, testLogits).measurement());
        mistakes.put(Split.TEST, Mistake.worst(rule, labels, test, testLogits, 20));
        Map<Split, float[]> logits = new EnumMap<>(Map.of(Split.DEV, devLogits, Split.TEST, testLogits));
        ModelConfig model = new ModelConfig(
                new NetworkConfig(TinyEncoder.config(), task, weights.length, 0.3), rule, labels.labels(), 24);
        DataReport data = DataCheck.of(new Splits<>(train, dev, test), false, Optional.of(task), Optional.empty())
                .report();
        Assessment assessment = new Assessment(model, fitting.how(), splits, mistakes, logits, Optional.empty());
        return new ReportInput(
                new ReportInput.Title("screening", Instant.parse("2026-11-22T12:00:00Z"), "en", "unknown"),
                new ReportInput.Run(
                        provenance(), FineTuningConfig.DEFAULT, List.of(42),
                        trained(MeasuredSplit.of(labels, dev, devLogits).metrics())),
                data,
                assessment,
                precisions(),
                Optional.of(choice(labels)),
                List.of(words(new Splits<>(train, dev, test), labels, decisions, assessment)),
                Optional.of(explanations(true)),
                Optional.empty());
    }

    private static Baseline words(
            Splits<Rows> splits, LabelSet labels, DecisionConfig decisions, Assessment released) {
        WordModel words = WordModel.of(labels, splits.train());
        Map<Split, float[]> logits = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, rows) -> logits.put(split, words.logits(rows)));
        return Baseline.of(words, logits, splits, labels, decisions, released);
    }

    private static LexicalChoice choice(LabelSet labels) {
        int outputs = labels.task().outputs(labels.labels().size());
        Map<Candidate, Double> scores = new EnumMap<>(Candidate.class);
        scores.put(Candidate.ENCODER, 0.5);
        scores.put(Candidate.FROZEN_AND_WORDS, 0.625);
        return new LexicalChoice(
                Candidate.FROZEN_AND_WORDS, Metrics.selectionMeasure(labels.task()), scores,
                "the best, as there are only 20 positives to choose by",
                new Blend(
                        Collections.nCopies(outputs, 0.5), Collections.nCopies(outputs, 1.25),
                        Collections.nCopies(outputs, -2.)),
                1000, 1500, 0.0012);
    }

    /** The input with a study of twelve configurations, nine of them tried, of which the last diverged. */
    static ReportInput studied(ReportInput input) {
        List<StudyResult.Trial> trials = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            List<Double> scores = new ArrayList<>(List.of(0.6 - 0.02 * i, 0.7 - 0.02 * i, 0.8 - 0.02 * i));
            trials.add(new StudyResult.Trial(
                    i + 1, values(i), i == 8 ? List.of() : scores.subList(0, i < 3 ? 3 : i < 5 ? 2 : 1), i == 8));
        }
        StudyResult result = new StudyResult("4 runs", 12, 42, "prAuc", List.of(.25, .5, 1.), trials);
        SeedStudy seeds = SeedStudy.of(
                List.of(new SeedStudy.Run(42, 0.78, 0.73, false), new SeedStudy.Run(43, 0.8, 0.77, false)), 43);
        return new ReportInput(
                input.title(), input.run(), input.data(), input.assessment(), input.precisions(), input.lexical(),
                input.baselines(), input.explanations(), Optional.of(new ReportInput.Study(result, seeds)));
    }

    private static Map<String, String> values(int i) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("learning-rate", List.of("2e-5", "5e-5", "1e-4").get(i % 3));
        values.put("epochs", Integer.toString(3 + i / 3));
        return values;
    }

    static Faithfulness explanations(boolean betterThanRandom) {
        List<Double> shares = List.of(0.01, 0.05, 0.1, 0.2, 0.5);
        Faithfulness.Erasure erasure = new Faithfulness.Erasure(
                0.215, 0.062, new MeanDifference(0.153, new Details.Interval(0.121, 0.187)),
                List.of(0.1, 0.15, 0.2, 0.25, 0.375), List.of(0.01, 0.03, 0.05, 0.07, 0.15));
        return new Faithfulness(
                Method.OCCLUSION, "int8", 100, shares, erasure, erasure, betterThanRandom, 42, 12.3);
    }

    private static Precisions precisions() {
        Map<String, Precisions.Measured> measured = new LinkedHashMap<>();
        measured.put("fp32", new Precisions.Measured(
                4_000_000, 3.25, Map.of(Split.DEV, 0., Split.TEST, 0.), Map.of()));
        measured.put("int8", new Precisions.Measured(1_100_000, 1.5, Map.of(Split.DEV, -0.0012), Map.of()));
        return new Precisions("int8", List.of("fp32", "int8"), 0.002, measured, List.of("fp16 is left out: " + EVIL));
    }

    private static FineTuning.Result trained(Metrics dev) {
        List<TrainingHistory.Step> steps = IntStream.rangeClosed(1, 40)
                .mapToObj(step -> new TrainingHistory.Step(step, 4, 1.0 / step, 2e-5 * (41 - step) / 40))
                .toList();
        RunState state = new RunState(40, 0, List.of(new Epoch(1, 0.7, dev), new Epoch(2, 0.5, dev)));
        return new FineTuning.Result(state, new TrainingHistory(steps));
    }

    private static Provenance provenance() {
        var configuration = JsonNodeFactory.instance.objectNode();
        configuration.put("posWeight", EVIL);
        configuration.putObject("fineTuning").put("epochs", 2);
        return new Provenance(
                Map.of("train", "0".repeat(64)), "embedded", "1".repeat(64), 42, configuration, Map.of("java", "17"),
                "unknown");
    }

    /** A third of the rows of each label; multi-label rows have one or two. */
    private static Rows rows(String split, LabelSet labels, Random random) {
        List<Row> rows = new ArrayList<>();
        int count = labels.labels().size();
        for (int i = 0; i < ROWS; i++) {
            List<String> own = new ArrayList<>(List.of(labels.labels().get(i % count)));
            if (labels.task() == Task.MULTI_LABEL && random.nextBoolean()) {
                own.add(labels.labels().get((i + 1) % count));
            }
            rows.add(new Row(i + 1, ID + i, TEXT + " " + split + " " + i, own));
        }
        return new Rows(Path.of(split + ".jsonl"), "0".repeat(64), labels.task() == Task.MULTI_LABEL, rows);
    }

    /** Right by 1.5 deviations. */
    private static float[] logits(LabelSet labels, Rows rows, Random random) {
        int outputs = labels.task().outputs(labels.labels().size());
        int first = labels.labels().size() - outputs;
        float[] logits = new float[rows.size() * outputs];
        for (int i = 0; i < logits.length; i++) {
            boolean has = rows.rows().get(i / outputs).labels().contains(labels.labels().get(first + i % outputs));
            logits[i] = (float) (random.nextGaussian() + (has ? 0.75 : -0.75));
        }
        return logits;
    }
}
