package org.scibert.training.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.training.rows.Row;

/** Which rows a version may be judged on: what it was trained on it knows, and would win by. */
class InServiceTest {
    @TempDir
    private Path release;

    @Test
    void rowsToTrainAreLeftOutAndNewOnesAsked() throws Exception {
        Files.writeString(release.resolve("split.csv"),
                "split,id,hash\ntrain,\"a\",0000000000000001\ndev,\"b\",0000000000000002\n"
                        + "test,\"c\",0000000000000003\n");
        InService.Comparable found = InService.read(release).comparable(rows("a", "b", "c", "d"));
        assertThat(found.numbers()).containsExactly(1, 2, 3);
        assertThat(found.known()).isEmpty();
        assertThat(found.remark()).isEqualTo("; 1 row that it was trained on left out");
    }

    @Test
    void ofFoldsTheAnswersAreKnown() throws Exception {
        Files.writeString(release.resolve("split.csv"),
                "split,id,hash\nfold 1,\"a\",0000000000000001\nfold 2,\"b\",0000000000000002\nfold"
                        + " 2,\"c\",0000000000000003\n");
        Files.writeString(release.resolve("out-of-fold.csv"),
                "id,hash,logit 1\n\"a\",0000000000000001,-1.5\n\"b\",0000000000000002,2.25\n");
        InService.Comparable found = InService.read(release).comparable(rows("b", "c", "d", "a"));
        assertThat(found.numbers()).as("c was trained on, and its answer is not known").containsExactly(0, 2, 3);
        assertThat(found.known()).isEqualTo(Map.of(0, List.of(2.25f), 3, List.of(-1.5f)));
        assertThat(found.remark()).isEqualTo("; the one in service was trained on 2 of these rows and is judged on"
                + " them by its out-of-fold answers; 1 row that it was trained on left out");
    }

    @Test
    void withoutARecordAllRowsAreAsked() throws Exception {
        InService.Comparable found = InService.read(release).comparable(rows("a", "b"));
        assertThat(found.numbers()).containsExactly(0, 1);
        assertThat(found.remark()).isEmpty();
    }

    private static List<Row> rows(String... ids) {
        return List.of(ids).stream().map(id -> new Row(1, id, "text of " + id, List.of("0"))).toList();
    }
}
