package org.scibert.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.FileDigest;
import org.scibert.training.records.DataException;

class RowFolderTest {
    @TempDir
    private Path folder;

    @Test
    void allFilesAreReadInTheOrderOfTheirPathsAndHiddenOnesAreNot() throws IOException {
        write("b.jsonl", "{\"text\":\"three\",\"label\":1}\n");
        write("a/2.jsonl", "{\"text\":\"two\",\"label\":0,\"id\":\"own\"}\n");
        write("a/1.jsonl", "\n{\"text\":\"one\",\"label\":1}\n");
        write("_SUCCESS", "");
        write(".part/x.jsonl", "no JSON");
        Rows rows = read();
        assertThat(rows.texts()).containsExactly("one", "two", "three");
        assertThat(rows.rows()).extracting(Row::id).containsExactly("a/1.jsonl:2", "own", "b.jsonl:1");
        assertThat(rows.file()).isEqualTo(folder);
        assertThat(RowReader.read(folder, 2).texts()).containsExactly("one", "two");
        assertThat(RowReader.read(folder, 2).sha256()).isEqualTo(rows.sha256());
    }

    @Test
    void theDigestIsThatOfWhatSha256sumPrints() throws IOException {
        String one = "{\"text\":\"one\",\"label\":1}\n";
        String two = "{\"text\":\"two\",\"label\":0}\n";
        write("1.jsonl", one);
        write("2.jsonl", two);
        String list = digest(one) + "  1.jsonl\n" + digest(two) + "  2.jsonl\n";
        String both = read().sha256();
        assertThat(both).isEqualTo(digest(list));

        Files.move(folder.resolve("2.jsonl"), folder.resolve("3.jsonl"));
        assertThat(read().sha256()).isNotEqualTo(both);
    }

    @Test
    void eachFileHasTheFormatOfItsContent() throws IOException {
        write("1.jsonl", "{\"text\":\"one\",\"label\":1}\n");
        write("2.txt", "text,label\ntwo,1\n");
        assertThat(read().texts()).containsExactly("one", "two");
    }

    @Test
    void aBadRowIsNamedWithItsOwnFileAndLine() throws IOException {
        write("1.csv", "text,label\none,1\n");
        write("2.csv", "text,label\ntwo,1\n\"three,1\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(DataException.class)
                .hasMessageContaining(folder.resolve("2.csv") + " line 3: ");
    }

    @Test
    void oneLabelInOneFileAndListsInAnotherAreRefused() throws IOException {
        write("1.jsonl", "{\"text\":\"one\",\"label\":1}\n");
        write("2.jsonl", "{\"text\":\"two\",\"labels\":[1]}\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("2.jsonl: its rows have lists of labels, those of the files before it one label");
    }

    @Test
    void aFolderWithoutFilesIsRefused() {
        assertThatThrownBy(this::read).hasMessage(folder + ": there are no files of rows in this folder");
    }

    private Rows read() throws IOException {
        return RowReader.read(folder, Integer.MAX_VALUE);
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String digest(String content) {
        return FileDigest.of(content.getBytes(StandardCharsets.UTF_8)).sha256();
    }
}
