package org.scibert.training.job;

import java.util.List;
import java.util.Optional;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.Windows;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.FileSplit;

/**
 * The rows, the encoder and what follows from both, read and checked: what all runs of a job share.
 *
 * @param splits rows to learn from, to choose by and to measure on
 * @param split of the one file that they are from
 * @param encodings of the rows' texts, cut to the model's tokens
 * @param read the same as far as the model reads them: whole where it reads in windows
 * @param labels as the training rows have them; dev and test have no others
 * @param report of the data check
 * @param labelWeights (C), in the loss
 * @param device to compute on
 * @param tokenizer stays the job's to close
 * @param model its configuration before a decision rule is chosen on dev
 */
record PreparedData(
        Splits<Rows> splits,
        Optional<FileSplit> split,
        Splits<List<Encoding>> encodings,
        Splits<List<Encoding>> read,
        LabelSet labels,
        DataReport report,
        float[] labelWeights,
        ComputeDevice device,
        Encoder encoder,
        Tokenizer tokenizer,
        ModelConfig model) {
    /** Windows of a training row that are learned from; the rest of a longer text is read when the model answers. */
    static final int MOST_WINDOWS = 16;

    /** The windows that the model reads of these texts. */
    Windows windows(List<Encoding> texts) {
        return model.inWindows() ? Windows.of(texts, model.maxTokens()) : Windows.single(texts);
    }

    /** Those of them that it learns from. */
    Windows windowsToLearn(List<Encoding> texts) {
        return windows(texts).first(MOST_WINDOWS);
    }
}
