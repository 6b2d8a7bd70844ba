package org.scibert.function.room;

import java.util.List;

/**
 * What {@code POST /tokenize} gives: the batch that the network would read.
 *
 * @param rows texts, B
 * @param columns tokens of the longest row, T; shorter rows are padded to it
 * @param results one for each text, in order
 * @param model whose vocabulary it is
 */
public record TokenizeAnswer(int rows, int columns, List<Row> results, ModelVersion model) {

    /**
     * One row of the batch; all lists are T long.
     *
     * @param tokens [CLS], the pieces, [SEP], then [PAD] to the row's end
     * @param inputIds the tokens' lines in the vocabulary, counted from 0
     * @param attentionMask 1 for a token, 0 for padding
     * @param spans {@code [start, end)} in UTF-16 units of the text; null for [CLS], [SEP] and [PAD]
     * @param total tokens that the text has, [CLS] and [SEP] included
     * @param truncated whether the end was left out
     */
    public record Row(
            List<String> tokens,
            List<Long> inputIds,
            List<Integer> attentionMask,
            List<List<Integer>> spans,
            int total,
            boolean truncated) {}
}
