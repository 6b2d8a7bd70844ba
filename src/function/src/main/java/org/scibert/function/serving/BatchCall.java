package org.scibert.function.serving;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.scibert.classifier.Classifier;
import org.scibert.text.Encoding;

/**
 * The texts of one request in the {@link BatchQueue}, cut into groups that are read in one pass each. The cut depends
 * on these texts alone: a request that finds nobody else gets the same bits each time.
 */
final class BatchCall {
    /** A pass costs as much as so many tokens more: padding a text by more than that costs more than another pass. */
    private static final int PADDING = 16;
    /** The same for long texts, as a share of their length. */
    private static final int PADDING_SHARE = 8;

    private final Model model;
    private final List<Encoding> encodings;
    private final Runnable check;
    private final long added = System.nanoTime();
    private final Deque<Group> groups = new ArrayDeque<>();
    private final float[][] rows;
    private final AtomicInteger missing;
    private final CompletableFuture<List<float[]>> answer = new CompletableFuture<>();
    private boolean waitsForOthers;

    /**
     * Texts of like length.
     *
     * @param places in the call
     * @param tokens of them all, without padding
     */
    record Group(int[] places, int shortest, int longest, int tokens) {
        int rows() {
            return places.length;
        }

        /** Whether it is worth while to pad one of the two to the other's length. */
        boolean isLike(Group other) {
            return areLike(Math.min(shortest, other.shortest), Math.max(longest, other.longest));
        }
    }

    /** @param check ends the call by an exception when its texts have their turn */
    BatchCall(Model model, List<Encoding> encodings, Runnable check, BatchSettings settings) {
        this.model = model;
        this.encodings = encodings;
        this.check = check;
        this.rows = new float[encodings.size()][];
        this.missing = new AtomicInteger(rows.length);
        int[] byLength = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> encodings.get(i).used()))
                .mapToInt(Integer::intValue)
                .toArray();
        // Texts of one request are shared among the cores.
        int share = (rows.length + settings.cores() - 1) / settings.cores();
        int most = model.rowsAreIndependent() ? Math.min(share, Classifier.BATCH_ROWS) : Classifier.BATCH_ROWS;
        int start = 0;
        for (int end = 1; end <= byLength.length; end++) {
            if (end == byLength.length || end - start == most
                    || model.rowsAreIndependent() && !fits(byLength, start, end, settings.batchTokens())) {
                groups.add(group(Arrays.copyOfRange(byLength, start, end)));
                start = end;
            }
        }
    }

    private boolean fits(int[] byLength, int start, int end, int batchTokens) {
        int longest = encodings.get(byLength[end]).used();
        return areLike(encodings.get(byLength[start]).used(), longest) && (end + 1 - start) * longest <= batchTokens;
    }

    private static boolean areLike(int shortest, int longest) {
        return longest - shortest <= Math.max(PADDING, shortest / PADDING_SHARE);
    }

    private Group group(int[] places) {
        int tokens = Arrays.stream(places).map(i -> encodings.get(i).used()).sum();
        return new Group(
                places, encodings.get(places[0]).used(), encodings.get(places[places.length - 1]).used(), tokens);
    }

    Model model() {
        return model;
    }

    /** Says whether others were read or waited when the call came. */
    void waitsForOthers(boolean waits) {
        waitsForOthers = waits;
    }

    boolean waitedForOthers() {
        return waitsForOthers;
    }

    /** Those that wait, shortest texts first; the queue removes them. */
    Deque<Group> groups() {
        return groups;
    }

    List<Encoding> encodings(Group group) {
        return Arrays.stream(group.places()).mapToObj(encodings::get).toList();
    }

    long nanosSinceAdded() {
        return System.nanoTime() - added;
    }

    CompletableFuture<List<float[]>> answer() {
        return answer;
    }

    /** Whether somebody waits for the texts; if not, the answer is the exception that says why. */
    boolean isWanted() {
        if (answer.isDone()) {
            return false;
        }
        try {
            check.run();
            return true;
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            return false;
        }
    }

    /** Puts a group's logits in their places. */
    void put(Group group, List<float[]> logits) {
        for (int i = 0; i < logits.size(); i++) {
            rows[group.places()[i]] = logits.get(i);
        }
        if (missing.addAndGet(-logits.size()) == 0) {
            answer.complete(List.of(rows));
        }
    }
}
