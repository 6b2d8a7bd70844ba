package org.scibert.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTest {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    private Path folder;

    @Test
    void jsonLinesGiveIdTextAndLabel() throws IOException {
        Rows rows = RowReader.read(file("a.jsonl", """
                {"id": "x-1", "text": "Mice.", "label": "include", "year": 2019}
                
                {"text": "Rats.", "label": "exclude"}
                """), ALL);
        assertThat(rows.rows()).containsExactly(
                new Row(1, "x-1", "Mice.", List.of("include")),
                new Row(3, "3", "Rats.", List.of("exclude")));
        assertThat(rows.labelLists()).isFalse();
        assertThat(rows.texts()).containsExactly("Mice.", "Rats.");
    }

    @Test
    void numbersAndBooleansAreLabelsToo() throws IOException {
        Rows rows = RowReader.read(file("a.txt", """
                {"text": "a", "label": 1}
                {"text": "a", "label": 1.0}
                {"text": "a", "label": true}
                {"text": "a", "label": " 1 "}
                {"text": "a", "label": 0}
                {"text": "a", "label": false}
                {"text": "a", "label": 100}
                {"text": "a", "label": 2.5}
                """), ALL);
        assertThat(rows.rows().stream().map(r -> r.labels().get(0)))
                .containsExactly("1", "1", "1", "1", "0", "0", "100", "2.5");
    }

    @Test
    void listsOfLabelsAreKept() throws IOException {
        Rows rows = RowReader.read(file("a.json", """
                {"text": "a", "labels": ["x", 2, "x"]}
                {"text": "b", "labels": []}
                """), ALL);
        assertThat(rows.labelLists()).isTrue();
        assertThat(rows.rows().stream().map(Row::labels)).containsExactly(List.of("x", "2"), List.of());
    }

    @Test
    void csvHasQuotesAndLineEndsInFields() throws IOException {
        Path file = file("a.csv", "\n,label,text\r\n7,1,\"said \"\"no\"\", then\nleft\"\r\n\r\n\r\n8,0,b\r\n");
        Rows rows = RowReader.read(file, ALL);
        assertThat(rows.rows()).containsExactly(
                new Row(3, "3", "said \"no\", then\nleft", List.of("1")),
                new Row(7, "7", "b", List.of("0")));
    }

    @Test
    void tsvIsDelimitedByTabs() throws IOException {
        Rows rows = RowReader.read(file("A.TSV", "text\tid\tlabel\na, b\tx\tyes\n"), ALL);
        assertThat(rows.rows()).containsExactly(new Row(2, "x", "a, b", List.of("yes")));
    }

    @Test
    void textsToClassifyNeedNoLabel() throws IOException {
        assertThat(RowReader.readTexts(file("a.jsonl", "{\"id\": 7, \"text\": \"a\", \"label\": null}"), ALL).rows())
                .containsExactly(new Row(1, "7", "a", List.of()));
        assertThat(RowReader.readTexts(file("a.csv", "text\na\n"), ALL).rows())
                .containsExactly(new Row(2, "2", "a", List.of()));
    }

    @Test
    void rowsAfterTheLimitAreNotLookedAt() throws IOException {
        Path file = file("a.jsonl", "{\"text\": \"a\", \"label\": 1}\nnot JSON\n");
        assertThat(RowReader.read(file, 1).size()).isEqualTo(1);
        assertThat(RowReader.read(file("a.csv", "text,label\na,1\n\"open"), 1).size()).isEqualTo(1);
        assertThatThrownBy(() -> RowReader.read(folder, 0)).hasMessage("maxRows must be at least 1, is 0");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        assertThat(RowReader.read(file("a.csv", "\uFEFFtext,label\na,1\n"), ALL).size()).isEqualTo(1);
        assertThat(RowReader.read(file("a.jsonl", "\uFEFF{\"text\": \"a\", \"label\": 1}"), ALL).size()).isEqualTo(1);
    }

    @Test
    void theDigestIsThatOfTheFile() throws IOException {
        // printf '{"text":"a","label":1}' | sha256sum
        assertThat(RowReader.read(file("a.jsonl", "{\"text\":\"a\",\"label\":1}"), ALL).sha256())
                .isEqualTo("268429cfd52829439b90f128dde28c6e6ea06ed8c1eb7fbd30b9b71a4dfe5354");
    }

    @Test
    void badJsonLinesAreRefusedWithFileLineAndReason() throws IOException {
        assertRefused("", "there are no rows in it");
        assertRefused("\n \n", "there are no rows in it");
        assertRefusedAt2("{\"text\"}",
                "it is not JSON (Unexpected character ('}' (code 125)): was expecting a colon to "
                + "separate field name and value); write one object a line, or name the file .csv or .tsv");
        assertRefusedAt2("[1]", "it is not a JSON object; write one object a line");
        assertRefusedAt2("{\"title\": \"a\", \"label\": 1}", "it has no \"text\"; its keys are title, label");
        assertRefusedAt2("{\"text\": 5, \"label\": 1}", "\"text\" must be a string, is 5");
        assertRefusedAt2("{\"text\": \" \\n\", \"label\": 1}", "\"text\" is blank; leave the row out");
        assertRefusedAt2("{\"text\": \"a\"}", "it has no \"label\"; its keys are text");
        assertRefusedAt2("{}", "it has no \"label\"; its keys are none");
        assertRefusedAt2("{\"text\": \"a\", \"label\": null}",
                "a label must be a string, a number or a boolean, is null");
        assertRefusedAt2("{\"text\": \"a\", \"label\": [1]}",
                "a label must be a string, a number or a boolean, is [1]");
        assertRefusedAt2("{\"text\": \"a\", \"label\": \"\"}",
                "the label is blank; label the row or leave it out");
        assertRefusedAt2("{\"text\": \"a\", \"label\": 1, \"labels\": [1]}",
                "it has both \"label\" and \"labels\"; keep one", "{\"text\": \"a\", \"labels\": [1]}");
        assertRefusedAt2("{\"text\": \"a\", \"labels\": 1}",
                "\"labels\" must be a list, is 1; one label is given as \"label\"",
                "{\"text\": \"a\", \"labels\": [1]}");
        assertRefusedAt2("{\"text\": \"a\", \"labels\": [1]}",
                "it has \"labels\", the first row \"label\"; use one of them throughout");
    }

    @Test
    void badColumnsAreRefusedWithFileLineAndReason() throws IOException {
        assertRefused(file("a.csv", ""), "there are no rows in it", 0);
        assertRefused(file("a.csv", "text,label\n"), "there are no rows in it", 0);
        assertRefused(file("a.csv", "title,label\na,1\n"),
                "it has no column \"text\"; its columns are title, label", 0);
        assertRefused(file("a.csv", "text,klass\na,1\n"), "it has no column \"label\"; its columns are text, klass", 0);
        assertRefused(file("a.csv", "text,label\na,1\nb, c,0\n"),
                "it has 3 fields, the header 2; put fields that hold delimiters in quotes", 3);
        assertRefused(file("a.csv", "text,label\n\n ,1\n"), "\"text\" is blank; leave the row out", 3);
        assertRefused(file("a.tsv", "text\tlabel\na\t\n"), "the label is blank; label the row or leave it out", 2);
        assertThatThrownBy(() -> RowReader.read(file("a.csv", "text,text\n"), ALL)).isInstanceOf(DataException.class)
                .hasMessageStartingWith(folder.resolve("a.csv") + ": The header contains a duplicate name: \"text\"");
        assertThatThrownBy(() -> RowReader.read(file("a.csv", "text,label\n\"a,1\n"), ALL))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("a.csv") + ": (startline 2) EOF reached before encapsulated token finished; "
                        + "a field with quotes is put in quotes, and each of its own is doubled");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Path latin1 = folder.resolve("a.jsonl");
        Files.write(latin1, new byte[] {'{', '}', '\n', '"', (byte) 0xE9, '"'});
        assertRefused(latin1, "byte 0xE9 is not UTF-8; save the file as UTF-8", 2);
        Files.write(latin1, new byte[] {'a', (byte) 0xC3});
        assertRefused(latin1, "byte 0xC3 is not UTF-8; save the file as UTF-8", 1);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertRefused(folder.resolve("none.csv"), "there is no such file", 0);
    }

    private void assertRefused(String content, String reason) throws IOException {
        assertRefused(file("a.jsonl", content), reason, 0);
    }

    private void assertRefusedAt2(String row, String reason) throws IOException {
        assertRefusedAt2(row, reason, "{\"text\": \"a\", \"label\": 1}");
    }

    private void assertRefusedAt2(String row, String reason, String before) throws IOException {
        assertRefused(file("a.jsonl", before + "\n" + row + "\n"), reason, 2);
    }

    private static void assertRefused(Path file, String reason, int line) {
        assertThatThrownBy(() -> RowReader.read(file, ALL)).isInstanceOf(DataException.class)
                .hasMessage(file + (line == 0 ? "" : " line " + line) + ": " + reason);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
