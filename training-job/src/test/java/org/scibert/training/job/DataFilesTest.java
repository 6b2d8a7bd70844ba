package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.S3Server;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Rows;

class DataFilesTest {
    private static S3Server server;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        server = S3Server.start();
        server.createBucket("rows");
        try (ObjectStore bucket = ObjectStores.open("s3://rows", server.environment())) {
            bucket.create(new ObjectKey("screening/train.csv"), "text,label\na,1\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void aPathIsTakenAsItIs() throws Exception {
        try (DataFiles files = new DataFiles(Map.of(), notice -> {})) {
            assertThat(files.local("data/train.jsonl")).isEqualTo(Path.of("data/train.jsonl"));
        }
    }

    @Test
    void aPrefixWithoutItsSlashIsToldToHaveOne() throws Exception {
        try (DataFiles files = new DataFiles(server.environment(), notice -> {})) {
            assertThatThrownBy(() -> files.local("s3://rows/screening"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("s3://rows/screening names no object; objects under it: 1."
                            + " Write s3://rows/screening/ for all of them");
            assertThatThrownBy(() -> files.local("s3://rows/screenin")).isInstanceOf(ObjectNotFoundException.class);
        }
    }

    @Test
    void anObjectIsFetchedUnderItsNameAndDeletedAtTheEnd() throws Exception {
        Path file;
        try (DataFiles files = new DataFiles(server.environment(), notice -> {})) {
            file = files.local("s3://rows/screening/train.csv");
            assertThat(file).hasFileName("train.csv").hasContent("text,label\na,1\n");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void anObjectThatIsNotThereIsNamed() throws Exception {
        try (DataFiles files = new DataFiles(server.environment(), notice -> {})) {
            assertThatThrownBy(() -> files.local("s3://rows/screening/dev.csv"))
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining("s3://rows")
                    .hasMessageContaining("screening/dev.csv");
        }
    }

    @Test
    void aPrefixIsAFolderOfAllObjectsUnderItAndReadsAsALocalFolderDoes(@TempDir Path local) throws Exception {
        Files.writeString(local.resolve("part-1.csv"), "text,label\na,1\nb,0\n");
        Files.writeString(Files.createDirectories(local.resolve("more")).resolve("part-2.csv"), "text,label\nc,1\n");
        try (ObjectStore bucket = ObjectStores.open("s3://rows", server.environment())) {
            for (String name : List.of("part-1.csv", "more/part-2.csv")) {
                bucket.create(new ObjectKey("many/" + name), local.resolve(name));
            }
        }
        try (DataFiles files = new DataFiles(server.environment(), notice -> {})) {
            Rows rows = RowReader.read(files.local("s3://rows/many/"), Integer.MAX_VALUE);
            assertThat(rows.texts()).containsExactly("c", "a", "b");
            assertThat(rows.sha256()).isEqualTo(RowReader.read(local, Integer.MAX_VALUE).sha256());
        }
    }

    @Test
    void aPrefixWithoutObjectsIsNamed() throws Exception {
        try (DataFiles files = new DataFiles(server.environment(), notice -> {})) {
            assertThatThrownBy(() -> files.local("s3://rows/nothing/"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("there are no objects under s3://rows/nothing/");
        }
    }

    @Test
    void aBucketAloneIsRefused() throws Exception {
        try (DataFiles files = new DataFiles(Map.of(), notice -> {})) {
            assertThatThrownBy(() -> files.local("s3://rows/"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"s3://rows/\" names no object; give s3://BUCKET/KEY of one file of rows, or"
                            + " s3://BUCKET/PREFIX/ of many");
        }
    }
}
