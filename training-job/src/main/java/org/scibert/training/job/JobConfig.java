package org.scibert.training.job;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.scibert.decision.Task;
import org.scibert.io.OutputFile;
import org.scibert.io.Text;
import org.scibert.network.Compute;
import org.scibert.network.Pooling;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.lexical.LexicalMode;
import org.scibert.training.promotion.PromotionConfig;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.Folds;

/**
 * The configuration of a job. All values are checked when it is made, before any data are read; what depends on the
 * data, such as how many label weights there must be, is checked when they have been read.
 */
public record JobConfig(
        Data data, Labels labels, Training training, DecisionConfig decisions, Release release, Target target) {

    public JobConfig {
        if (data.folds() != 0 && training.seeds().size() > 1) {
            throw new IllegalArgumentException(Text.format(
                    "--folds %s trains %s models with one seed; give --seed in place of --seeds",
                    data.folds(), data.folds() + 1));
        }
        if (data.folds() != 0 && training.fineTuning().patience() > 0) {
            throw new IllegalArgumentException(
                    "with --folds no row is kept back to choose an epoch by, and the last one is released; leave"
                            + " --patience out");
        }
    }

    /**
     * The rows.
     *
     * @param addresses of the labelled rows, as {@link DataFiles} takes them
     * @param oneFile how the file is divided, if all addresses are one
     * @param reading which columns hold texts and labels
     * @param maxRows most rows read of each file
     * @param policy what follows from what the data check finds
     */
    public record Data(
            Splits<String> addresses, Optional<OneFile> oneFile, ReadOptions reading, int maxRows, DataPolicy policy) {
        public Data {
            if (maxRows < 1) {
                throw new IllegalArgumentException("the most rows of a file must be at least 1, are " + maxRows);
            }
        }

        /** Rows of a file for each split, in columns of the usual names. */
        public Data(Splits<String> addresses, int maxRows, DataPolicy policy) {
            this(addresses, Optional.empty(), ReadOptions.DEFAULT, maxRows, policy);
        }

        /** The number of folds of a cross-validation; 0 without one. */
        int folds() {
            return oneFile.map(OneFile::folds).orElse(0);
        }
    }

    /**
     * How one file is divided.
     *
     * @param folds of a cross-validation; 0 splits into train, dev and test
     * @param split address of the split.csv of an earlier release, whose records keep their split; empty: that of the
     *     version in service, if it has one
     */
    public record OneFile(int folds, Optional<String> split) {
        public OneFile {
            if (folds != 0) {
                Folds.requireCount(folds);
            }
            if (folds != 0 && split.isPresent()) {
                throw new IllegalArgumentException("folds are dealt anew in each job; leave --split out with --folds");
            }
        }
    }

    /**
     * What the labels mean.
     *
     * @param task what the labels are for; empty: by the training rows
     * @param positive the positive label of binary rows; empty: by the training rows
     */
    public record Labels(Optional<Task> task, Optional<String> positive, LabelNames names, LabelWeights weights) {
        /** Everything by the training rows. */
        public static final Labels DEFAULT =
                new Labels(Optional.empty(), Optional.empty(), LabelNames.NONE, LabelWeights.AUTO);
    }

    /**
     * The training runs.
     *
     * @param encoder as {@link org.scibert.training.encoder.Encoder#open} takes it
     * @param device where to compute
     * @param fineTuning the hyperparameters, with the seed of the first run
     * @param computeChosen whether their number format is the program's choice for this machine: runs that began in
     *     another go on in that
     * @param head what it reads and begins with
     * @param seeds of the runs, at least one; the run with the best dev scores is released
     * @param checkpointSteps a run's state is kept in the store after each so many steps, and when the job is
     *     interrupted; 0: only then
     */
    public record Training(
            String encoder,
            ComputeDevice.Choice device,
            FineTuningConfig fineTuning,
            boolean computeChosen,
            Head head,
            List<Integer> seeds,
            int checkpointSteps) {
        public static final int DEFAULT_CHECKPOINT_STEPS = 500;

        /** Runs in the number format of the hyperparameters. */
        public Training(
                String encoder, ComputeDevice.Choice device, FineTuningConfig fineTuning, Head head,
                List<Integer> seeds, int checkpointSteps) {
            this(encoder, device, fineTuning, false, head, seeds, checkpointSteps);
        }

        /** A head that reads [CLS] and begins with random weights. */
        public Training(
                String encoder, ComputeDevice.Choice device, FineTuningConfig fineTuning, List<Integer> seeds,
                int checkpointSteps) {
            this(encoder, device, fineTuning, Head.DEFAULT, seeds, checkpointSteps);
        }

        public Training {
            seeds = List.copyOf(seeds);
            if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
                throw new IllegalArgumentException("seeds must be different numbers, at least one, are " + seeds);
            }
            if (checkpointSteps < 0) {
                throw new IllegalArgumentException(
                        Text.format(
                                "checkpoint steps must be at least 0, is %s; 0 keeps a state only when the job is"
                                        + " interrupted",
                                checkpointSteps));
            }
        }

        /** One run, with the seed of the hyperparameters. */
        public static Training once(String encoder, ComputeDevice.Choice device, FineTuningConfig fineTuning) {
            return new Training(encoder, device, fineTuning, List.of(fineTuning.seed()), DEFAULT_CHECKPOINT_STEPS);
        }

        Training withSeed(int seed) {
            return new Training(
                    encoder, device, fineTuning.withSeed(seed), computeChosen, head, seeds, checkpointSteps);
        }

        Training with(Compute compute) {
            return new Training(
                    encoder, device, fineTuning.with(compute), computeChosen, head, seeds, checkpointSteps);
        }
    }

    /**
     * The head on the encoder, and how much of a text the two read.
     *
     * @param pooling the vector that it reads
     * @param fromRegression whether it begins with the weights of a regression on the encoder's vectors, so that the
     *     encoder is not first moved by a head that knows nothing (Kumar et al. 2022); else with random weights
     * @param inWindows whether a text of more tokens than the limit is read in windows that overlap; else it is cut
     */
    public record Head(Pooling pooling, boolean fromRegression, boolean inWindows) {
        /** [CLS] and random weights, as BERT's authors did. */
        public static final Head DEFAULT = new Head(Pooling.CLS, false);

        /** A head for texts that are cut. */
        public Head(Pooling pooling, boolean fromRegression) {
            this(pooling, fromRegression, false);
        }

        /** The same head with another pooling. */
        public Head with(Pooling other) {
            return new Head(other, fromRegression, inWindows);
        }

        /** The same head that begins with a regression's weights, or with random ones. */
        public Head fromRegression(boolean other) {
            return new Head(pooling, other, inWindows);
        }
    }

    /**
     * What a release holds beside the weights of the best run.
     *
     * @param precisionTolerance most loss of the selection score, in [0, 1], that a faster precision is served with
     * @param baselines whether the released model is compared with a model of words and a head on the frozen encoder,
     *     trained on the same rows
     * @param lexical whether the words of a text decide beside the encoder
     * @param reportCopy file that a copy of the release's report is written to; empty for none
     * @param reportTexts whether the report holds the texts of the worst mistakes
     * @param language of the texts, as in the model card: {@code en}
     * @param license of the model, as in the model card: {@code apache-2.0}, {@code unknown}
     * @param reasons what it holds for explanations
     */
    public record Release(
            double precisionTolerance,
            boolean baselines,
            LexicalMode lexical,
            Optional<Path> reportCopy,
            boolean reportTexts,
            String language,
            String license,
            Reasons reasons) {
        /** A fifth of a point. */
        public static final double DEFAULT_PRECISION_TOLERANCE = Precisions.DEFAULT_TOLERANCE;

        public static final Release DEFAULT =
                new Release(
                        DEFAULT_PRECISION_TOLERANCE, true, LexicalMode.AUTO, Optional.empty(), false, "en", "unknown",
                        Reasons.NONE);

        /** The same release with another choice of what it decides by. */
        public Release with(LexicalMode other) {
            return new Release(
                    precisionTolerance, baselines, other, reportCopy, reportTexts, language, license, reasons);
        }

        public Release {
            if (!(precisionTolerance >= 0 && precisionTolerance <= 1)) {
                throw new IllegalArgumentException(
                        Text.format("the precision tolerance must be in [0, 1], is %s; %s is a fifth of a point",
                                precisionTolerance, DEFAULT_PRECISION_TOLERANCE));
            }
            reportCopy.ifPresent(file -> OutputFile.requireWritable("--report", file));
            requireCode("language", language, "en");
            requireCode("license", license, "apache-2.0");
        }

        private static void requireCode(String what, String value, String example) {
            if (!value.matches("[A-Za-z0-9][A-Za-z0-9.+-]*")) {
                throw new IllegalArgumentException(Text.format(
                        "the model card's %s must be a code such as %s, is \"%s\"",
                        what, example, value));
            }
        }
    }

    /**
     * What a release holds for explanations.
     *
     * @param explanations dev rows on which they are measured; 0: not
     * @param neighbours what it holds of the training rows, to name those that are similar to a text
     * @param examples dev texts that it holds for people to try
     */
    public record Reasons(int explanations, Neighbours neighbours, int examples) {
        /**
         * Dev rows measured by default. Abstracts cost a base encoder 160 passes each: 50 of them take as many as the
         * precisions of 1,300 dev and 1,300 test rows do.
         */
        public static final int DEFAULT_EXPLANATIONS = 50;
        public static final int MOST_EXAMPLES = 20;

        /** Nothing, as when weights alone are compared. */
        public static final Reasons NONE = new Reasons(0, Neighbours.OFF, 0);

        public Reasons {
            if (explanations < 0 || explanations > Faithfulness.MOST_ROWS) {
                throw new IllegalArgumentException(Text.format(
                        "explanations are measured on 1 to %d rows, or off (0), not on %d", Faithfulness.MOST_ROWS,
                        explanations));
            }
            if (examples < 0 || examples > MOST_EXAMPLES) {
                throw new IllegalArgumentException(Text.format(
                        "a release holds 0 to %d examples, not %d", MOST_EXAMPLES, examples));
            }
        }
    }

    /** What a release holds of the training rows. */
    public enum Neighbours {
        OFF,
        /** Ids and labels. */
        IDS,
        /** The beginnings of their texts too: whoever can read the store or ask the function can read them. */
        TEXTS
    }

    /**
     * Where the release goes.
     *
     * @param store address of the object store
     * @param name the model's name in the store
     * @param promotion when the new version takes the place of the one in service
     */
    public record Target(String store, String name, PromotionConfig promotion) {}

    /** The same job with other weights in the loss. */
    public JobConfig with(LabelWeights weights) {
        Labels other = new Labels(labels.task(), labels.positive(), labels.names(), weights);
        return new JobConfig(data, other, training, decisions, release, target);
    }

    /** The same job with other hyperparameters. */
    public JobConfig with(FineTuningConfig fineTuning) {
        return with(new Training(
                training.encoder(), training.device(), fineTuning, training.computeChosen(), training.head(),
                training.seeds(), training.checkpointSteps()));
    }

    /** The same job with another head. */
    public JobConfig with(Head head) {
        return with(new Training(
                training.encoder(), training.device(), training.fineTuning(), training.computeChosen(), head,
                training.seeds(), training.checkpointSteps()));
    }

    private JobConfig with(Training other) {
        return new JobConfig(data, labels, other, decisions, release, target);
    }

    /** The same job with the hyperparameters' seed replaced by this one. */
    JobConfig withSeed(int seed) {
        return with(training.withSeed(seed));
    }

    /** The number format of the training steps. */
    Compute compute() {
        return training.fineTuning().optimizer().compute();
    }

    /** The same job in another number format. */
    JobConfig with(Compute compute) {
        return with(training.with(compute));
    }
}
