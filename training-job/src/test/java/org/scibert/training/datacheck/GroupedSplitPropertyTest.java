package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scibert.training.datacheck.GroupedSplitTest.byId;
import static org.scibert.training.datacheck.GroupedSplitTest.random;
import static org.scibert.training.datacheck.GroupedSplitTest.rows;
import static org.scibert.training.datacheck.GroupedSplitTest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Split;

class GroupedSplitPropertyTest {
    /** 20 % more rows at the end, among them copies of old ones: no old row moves. */
    @Property(seed = "8", tries = 50)
    void noRowChangesItsSplitWhenRowsAreAdded(@ForAll long seed) throws DataException {
        Random random = new Random(seed);
        List<Row> old = random(random, 200);
        List<Row> more = new ArrayList<>(old);
        for (int i = 0; i < 40; i++) {
            Row copied = old.get(random.nextInt(old.size()));
            String text = random.nextBoolean() ? copied.text() + " x" : text(random);
            more.add(new Row(200 + i, "new" + i, text, List.of("0"), random.nextBoolean() ? copied.keys() : List.of()));
        }
        Map<String, Split> before = byId(GroupedSplit.of(rows(old)));
        Map<String, Split> after = byId(GroupedSplit.of(rows(more)));
        before.forEach((id, split) -> assertThat(after).containsEntry(id, split));
    }
}
