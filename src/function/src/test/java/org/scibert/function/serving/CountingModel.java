package org.scibert.function.serving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.text.Encoding;

/** A model that gives each text its second id, and counts passes and texts. */
class CountingModel extends FakeModel {
    final List<Integer> passes = new ArrayList<>();
    final Map<Integer, Integer> reads = new HashMap<>();
    private final boolean rowsAreIndependent;

    CountingModel(boolean rowsAreIndependent) {
        super(Task.BINARY, List.of("no", "yes"));
        this.rowsAreIndependent = rowsAreIndependent;
    }

    @Override
    public synchronized List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
        passes.add(encodings.size());
        encodings.forEach(e -> reads.merge(e.inputIds()[1], 1, Integer::sum));
        return encodings.stream().map(e -> new float[] {e.inputIds()[1]}).toList();
    }

    @Override
    public boolean rowsAreIndependent() {
        return rowsAreIndependent;
    }
}
