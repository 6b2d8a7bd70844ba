package org.scibert.training.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.training.records.RecordWriter.Annotated;

class AnnotatedWriterTest {
    private static final List<String> NAMES = List.of("SciBERT_label", "SciBERT_probability");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"\\n ER␣␣-␣", "\\r\\n ER␣␣-␣", "\\n ER␣␣-", "\\r\\n ER␣-", "\\n ''"})
    void fiveHundredReferencesAreTheSameBytesButForTheNotes(String lineEnd, String last) throws IOException {
        String end = lineEnd.replace("\\n", "\n").replace("\\r", "\r");
        StringBuilder ris = new StringBuilder("Exported by a tool" + end);
        for (int i = 0; i < 500; i++) {
            ris.append(i % 7 == 0 ? i + ". " + end : "").append("TY  - JOUR").append(end)
                    .append("TI  - Title ").append(i).append(" – é").append(end)
                    .append("AB  - An abstract that is wrapped").append(end).append("ER positive in its next line")
                    .append(end)
                    .append(i % 3 == 0 ? "XX  - " + end : "").append(last.replace('␣', ' ')).append(end)
                    .append(i % 2 == 0 ? end : "");
        }
        String written = annotate("a.ris", ris.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(written.lines().filter(line -> line.startsWith("N1  - SciBERT_"))).hasSize(1000);
        assertThat(written.replaceAll("N1  - SciBERT_[^\r\n]*" + end, "")).isEqualTo(ris.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ',
            value = {", \\n UTF-8", "; \\r\\n windows-1252", "\\t \\n UTF-8", "| \\r\\n UTF-8", "; \\n UTF-8"})
    void aTableIsTheSameBytesButForItsNewColumns(String delimiter, String lineEnd, String charset) throws IOException {
        String d = delimiter.replace("\\t", "\t");
        String end = lineEnd.replace("\\n", "\n").replace("\\r", "\r");
        StringBuilder table = new StringBuilder(String.join(d, "text", "label", "\"other, name\"")).append(end);
        for (int i = 0; i < 500; i++) {
            table.append(
                    String.join(d, "\"said \"\"é\"\"" + d + end + " " + i + "\"", "" + i % 2, i % 5 == 0 ? "" : "=1+1"))
                    .append(end).append(i % 50 == 0 ? end : "");
        }
        String written = annotate("a.csv", table.toString().getBytes(Charset.forName(charset)));
        String header = d + "SciBERT_label" + d + "SciBERT_probability";
        assertThat(written).contains(header + end);
        assertThat(written.replace(header, "").replace(d + "'=include" + d + "0.93", "")).isEqualTo(table.toString());
    }

    @Test
    void otherFormatsTakeTheValuesWhereTheyHaveAPlace() throws IOException {
        assertThat(annotate("a.jsonl", "{\"text\": \"a\"}\n\n{}".getBytes(StandardCharsets.UTF_8))).isEqualTo(
                "{\"text\": \"a\", \"SciBERT_label\": \"=include\", \"SciBERT_probability\": 0.93}\n\n"
                        + "{\"SciBERT_label\": \"=include\", \"SciBERT_probability\": 0.93}\n");
        assertThat(annotate(
                "a.json", " [{\"text\": \"a\"},\n\t{ }, {\n\"text\":[]} ]\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(" [{\"text\": \"a\", \"SciBERT_label\": \"=include\", \"SciBERT_probability\": 0.93},"
                        + "\n\t{ \"SciBERT_label\": \"=include\", \"SciBERT_probability\": 0.93}, {\n\"text\":[],"
                        + " \"SciBERT_label\": \"=include\", \"SciBERT_probability\": 0.93} ]\n");
        assertThat(annotate("a.nbib", "PMID- 1\nTI  - a\n\nPMID- 2\nTI  - b".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                "PMID- 1\nTI  - a\nGN  - SciBERT_label: =include\nGN  - SciBERT_probability: 0.93\n"
                        + "\nPMID- 2\nTI  - b\nGN  - SciBERT_label: =include\nGN  - SciBERT_probability: 0.93\n");
        assertThat(annotate("a.txt", "FN x\nVR 1.0\nPT J\nTI a\nER\n\nEF".getBytes(StandardCharsets.UTF_8))).isEqualTo(
                "FN x\nVR 1.0\nPT J\nTI a\nN1 SciBERT_label: =include\nN1 SciBERT_probability: 0.93\nER\n\nEF");
        assertThat(annotate(
                "a.xml", "<xml><records><record><rec-number>1</rec-number></record></records></xml>".getBytes(
                        StandardCharsets.UTF_8)))
                .isEqualTo("<xml><records><record><rec-number>1</rec-number><research-notes><style face=\"normal\">"
                        + "SciBERT_label: =include; SciBERT_probability: 0.93</style></research-notes></record>"
                        + "</records></xml>");
        assertThat(annotate("a.csv", "text,label\na,1,\nb,0".getBytes(StandardCharsets.UTF_8))).isEqualTo(
                "text,label,SciBERT_label,SciBERT_probability\na,1,'=include,0.93\nb,0,'=include,0.93\n");
    }

    /** A file that was written before gets the new values in place of the old ones. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "a.csv text,label\\na,1\\n\"b\",2", "a.jsonl {\"text\":\"a\"}\\n{}", "a.json [{\"text\":\"a\"},{\"b\":2}]",
        "a.ris TY␣␣-␣JOUR\\nTI␣␣-␣a\\nER␣␣-␣\\n", "a.nbib PMID-␣1\\nTI␣␣-␣a\\n", "a.enw %0␣Book\\n%T␣a\\n",
        "a.xml <xml><records><record><title>a</title></record></records></xml>"})
    void newValuesReplaceThoseOfAnEarlierRun(String name, String content) throws IOException {
        byte[] bytes = content.replace("\\n", "\n").replace('␣', ' ').getBytes(StandardCharsets.UTF_8);
        List<String> values = List.of("say \"no\", not; yes", "0.5");
        String once = annotate(name, bytes, values);
        assertThat(annotate(name, annotate(name, bytes).getBytes(StandardCharsets.UTF_8), values)).isEqualTo(once);
        assertThat(annotate(name, once.getBytes(StandardCharsets.UTF_8), values)).isEqualTo(once);
    }

    @Test
    void recordsThatCannotBeReadKeepTheirText() throws IOException {
        String d = "SciBERT_label,SciBERT_probability\n";
        assertThat(annotate("a.csv", "text,label\na\nb,1,2\n\"c,1\nd,1\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(
                "text,label," + d
                        + "a,,'=include,0.93\nb,1,2,'=include,0.93\n\"c,1,,'=include,0.93\nd,1,'=include,0.93\n");
        assertThat(annotate("a.jsonl", "{\"text\":\"a\"}\n{\"text\": \"b\n[1]\n{\"text\":\"c\"}".getBytes(
                        StandardCharsets.UTF_8)))
                .contains("\n{\"SciBERT_original\": \"{\\\"text\\\": \\\"b\", \"SciBERT_label\": \"=include\"")
                .contains("\n{\"SciBERT_original\": \"[1]\", \"SciBERT_label\"")
                .hasLineCount(4);
        assertThat(annotate("a.json", "[{\"text\":\"a\"}, 7 , {\"a\":1,\"a\":2}]".getBytes(StandardCharsets.UTF_8)))
                .contains("}, {\"SciBERT_original\": \"7\", \"SciBERT_label\": \"=include\", \"SciBERT_probability\": "
                        + "0.93} , {\"SciBERT_original\": \"{\\\"a\\\":1,\\\"a\\\":2}\", ");
        String cut = "<xml><records><record><title>a</titl></record>\n<record><title>b";
        assertThat(annotate("a.xml", cut.getBytes(StandardCharsets.UTF_8))
                .replaceAll("<research-notes>.*</research-notes>", ""))
                .isEqualTo(cut);
    }

    private String annotate(String name, byte[] content) throws IOException {
        return annotate(name, content, List.of("=include", "0.93"));
    }

    private String annotate(String name, byte[] content, List<String> values) throws IOException {
        Path path = Files.write(folder.resolve(name), content);
        Path target = folder.resolve("out-" + name);
        RecordFile file = RecordFile.of(path, Optional.empty());
        List<Annotated> records = new ArrayList<>();
        try (RecordReader reader = file.open()) {
            while (true) {
                try {
                    SourceRecord record = reader.next();
                    if (record == null) {
                        break;
                    }
                    records.add(new Annotated(record, true, values, List.of()));
                } catch (BadRecordException e) {
                    records.add(new Annotated(e.record(), false, values, List.of()));
                }
            }
            try (AnnotatedWriter writer = new AnnotatedWriter(Files.newOutputStream(target), file, reader, NAMES)) {
                for (Annotated record : records) {
                    writer.write(record);
                }
                writer.end(reader.rest());
            }
        }
        return Files.readString(target, file.encoding().charset());
    }
}
