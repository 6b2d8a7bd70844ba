package org.scibert.training.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scibert.training.split.GroupedSplitTest.byId;
import static org.scibert.training.split.GroupedSplitTest.random;
import static org.scibert.training.split.GroupedSplitTest.rows;
import static org.scibert.training.split.GroupedSplitTest.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.scibert.training.datacheck.RelatedRows;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Split;

class GroupedSplitPropertyTest {
    /** 20 % more rows at the end, among them copies of old ones and rows that join two: no old row moves. */
    @Property(seed = "8", tries = 15)
    void noRowChangesItsSplitWhenRowsAreAdded(@ForAll long seed) throws DataException {
        Random random = new Random(seed);
        List<Row> old = random(random, 100);
        List<Row> more = new ArrayList<>(old);
        more.addAll(added(old, random));
        FileSplit before = GroupedSplit.of(rows(old), Optional.empty());
        FileSplit after = GroupedSplit.of(rows(more), Optional.empty());
        assertThat(byId(after.rows())).containsAllEntriesOf(byId(before.rows()));
        assertNoWorkStandsInTwoSplits(after, more);
    }

    /**
     * The same where the earlier split is known: new rows stand anywhere, and old ones are corrected and relabelled.
     */
    @Property(seed = "9", tries = 15)
    void noRowOfAnEarlierSplitMoves(@ForAll long seed) throws DataException {
        Random random = new Random(seed);
        List<Row> old = random(random, 100);
        FileSplit before = GroupedSplit.of(rows(old), Optional.empty());
        List<Row> more = new ArrayList<>();
        for (Row row : old) {
            more.add(switch (random.nextInt(10)) {
                case 0 -> row.withLabels(List.of(row.labels().equals(List.of("1")) ? "0" : "1"));
                case 1 -> new Row(row.line(), row.id(), "corrected " + row.text(), row.labels(), row.keys());
                case 2 -> new Row(row.line(), "other" + row.id(), row.text(), row.labels(), List.of());
                default -> row;
            });
        }
        more.addAll(added(old, random));
        Collections.shuffle(more, random);
        FileSplit after = GroupedSplit.of(rows(more), Optional.of(before.record()));
        Map<String, Split> found = byId(after.rows());
        byId(before.rows()).forEach((id, split) ->
                assertThat(found.getOrDefault(id, found.get("other" + id))).as(id).isEqualTo(split));
        assertThat(after.kept()).isEqualTo(old.size());
        assertNoWorkStandsInTwoSplits(after, more);
        FileSplit again = GroupedSplit.of(rows(more), Optional.of(after.record()));
        assertThat(again.record().csv()).as("a replay").isEqualTo(after.record().csv());
    }

    private static List<Row> added(List<Row> old, Random random) {
        List<Row> added = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Row one = old.get(random.nextInt(old.size()));
            Row two = old.get(random.nextInt(old.size()));
            List<String> keys = switch (random.nextInt(3)) {
                case 0 -> List.of();
                case 1 -> one.keys();
                default -> Stream.concat(one.keys().stream(), two.keys().stream()).distinct().toList();
            };
            String text = random.nextBoolean() ? two.text() + " x" : text(random);
            added.add(new Row(1000 + i, "new" + i, text, List.of(random.nextInt(4) == 0 ? "1" : "0"), keys));
        }
        return added;
    }

    private static void assertNoWorkStandsInTwoSplits(FileSplit split, List<Row> rows) {
        Map<String, Split> byId = byId(split.rows());
        Map<String, Integer> numbers = new HashMap<>();
        rows.forEach(row -> numbers.put(row.id(), numbers.size()));
        RelatedRows related = new RelatedRows(rows);
        List<Row> kept = rows.stream().filter(row -> byId.containsKey(row.id())).toList();
        assertThat(kept).hasSize(rows.size() - split.leftOut().size());
        for (Row one : kept) {
            for (Row other : kept) {
                if (byId.get(one.id()) != byId.get(other.id())) {
                    assertThat(related.areRelated(numbers.get(one.id()), numbers.get(other.id())))
                            .as("%s and %s", one, other).isFalse();
                }
            }
        }
    }
}
