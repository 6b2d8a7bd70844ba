package org.scibert.function.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.scibert.function.serving.Model;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.Span;
import org.scibert.text.TokenizedText;

/**
 * The answer to {@code POST /tokenize}: the texts as the batch that the network would read.
 *
 * @param rows texts, B
 * @param columns tokens of the longest row, T; shorter rows are padded to it
 * @param results one for each text, in order
 * @param model whose vocabulary it is
 */
public record TokenizeAnswer(int rows, int columns, List<Row> results, Model.Id model) {
    private static final String PAD = "[PAD]";

    /**
     * One row of the batch; its lists are T long.
     *
     * @param tokens [CLS], the pieces, [SEP], then [PAD] to the row's end
     * @param inputIds the tokens' lines in the vocabulary, counted from 0
     * @param attentionMask 1 for a token, 0 for padding
     * @param spans {@code [start, end]} in UTF-16 units of the text, the end left out; null for [CLS], [SEP] and [PAD]
     * @param total tokens that the text has, [CLS] and [SEP] included
     * @param truncated whether the end was left out
     */
    public record Row(
            List<String> tokens,
            long[] inputIds,
            long[] attentionMask,
            List<int[]> spans,
            int total,
            boolean truncated) {}

    static TokenizeAnswer of(List<TokenizedText> texts, Batch batch, Model.Id model) {
        int columns = batch.columns();
        List<Row> rows = new ArrayList<>(batch.rows());
        for (int b = 0; b < batch.rows(); b++) {
            TokenizedText text = texts.get(b);
            Encoding e = text.encoding();
            int padding = columns - e.used();
            List<String> tokens = new ArrayList<>(text.tokens());
            tokens.addAll(Collections.nCopies(padding, PAD));
            List<int[]> spans = new ArrayList<>(columns);
            for (Span span : text.spans()) {
                spans.add(span.equals(Span.NONE) ? null : new int[] {span.start(), span.end()});
            }
            spans.addAll(Collections.nCopies(padding, null));
            rows.add(new Row(
                    tokens,
                    Arrays.copyOfRange(batch.inputIds(), b * columns, (b + 1) * columns),
                    Arrays.copyOfRange(batch.attentionMask(), b * columns, (b + 1) * columns),
                    spans,
                    e.total(),
                    e.truncated()));
        }
        return new TokenizeAnswer(batch.rows(), columns, rows, model);
    }
}
