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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.io.Json;

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
                    .append("AB  - An abstract that is wrapped").append(end).append("ER positive in its next line").append(end)
                    .append(i % 3 == 0 ? "XX  - " + end : "").append(last.replace('␣', ' ')).append(end)
                    .append(i % 2 == 0 ? end : "");
        }
        String written = annotate("a.ris", ris.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(written.lines().filter(line -> line.startsWith("N1  - SciBERT_"))).hasSize(1000);
        assertThat(written.replaceAll("N1  - SciBERT_[^\r\n]*" + end, "")).isEqualTo(ris.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {", \\n UTF-8", "; \\r\\n windows-1252", "\\t \\n UTF-8", "| \\r\\n UTF-8", "; \\n UTF-8"})
    void aTableIsTheSameBytesButForItsNewColumns(String delimiter, String lineEnd, String charset) throws IOException {
        String d = delimiter.replace("\\t", "\t");
        String end = lineEnd.replace("\\n", "\n").replace("\\r", "\r");
        StringBuilder table = new StringBuilder(String.join(d, "text", "label", "\"other, name\"")).append(end);
        for (int i = 0; i < 500; i++) {
            table.append(String.join(d, "\"said \"\"é\"\"" + d + end + " " + i + "\"", "" + i % 2, i % 5 == 0 ? "" : "=1+1"))
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
        String array = annotate("a.json", "[{\"text\": \"a\"},\n {\"text\": \"b\"}]".getBytes(StandardCharsets.UTF_8));
        assertThat(Json.MAPPER.readTree(array)).hasSize(2);
        assertThat(annotate("a.nbib", "PMID- 1\nTI  - a\n\nPMID- 2\nTI  - b".getBytes(StandardCharsets.UTF_8))).isEqualTo(
                "PMID- 1\nTI  - a\nGN  - SciBERT_label: =include\nGN  - SciBERT_probability: 0.93\n"
                        + "\nPMID- 2\nTI  - b\nGN  - SciBERT_label: =include\nGN  - SciBERT_probability: 0.93\n");
        assertThat(annotate("a.txt", "FN x\nVR 1.0\nPT J\nTI a\nER\n\nEF".getBytes(StandardCharsets.UTF_8))).isEqualTo(
                "FN x\nVR 1.0\nPT J\nTI a\nN1 SciBERT_label: =include\nN1 SciBERT_probability: 0.93\nER\n\nEF");
        assertThat(annotate("a.xml", "<xml><records><record><rec-number>1</rec-number></record></records></xml>".getBytes(
                        StandardCharsets.UTF_8)))
                .isEqualTo("<xml><records><record><rec-number>1</rec-number><research-notes><style face=\"normal\">"
                        + "SciBERT_label: =include; SciBERT_probability: 0.93</style></research-notes></record>"
                        + "</records></xml>");
        assertThat(annotate("a.csv", "text,label\na,1,\nb,0".getBytes(StandardCharsets.UTF_8))).isEqualTo(
                "text,label,SciBERT_label,SciBERT_probability\na,1,'=include,0.93\nb,0,'=include,0.93\n");
    }

    @Test
    void aWorkbookIsWrittenAsCsv() throws IOException {
        byte[] workbook = Files.readAllBytes(Path.of("src/test/resources/records/workbook.xlsx"));
        assertThat(annotate("a.xlsx", workbook)).isEqualTo("id,Title,Abstract,Included,SciBERT_label,SciBERT_probability\n"
                + "1,Mice sleep,We measured sleep in mice.,1,'=include,0.93\n"
                + "2,Rats run,Rats were observed.,0,'=include,0.93\n");
    }

    private String annotate(String name, byte[] content) throws IOException {
        Path path = Files.write(folder.resolve(name), content);
        Path target = folder.resolve("out-" + name);
        RecordFile file = RecordFile.of(path, Optional.empty());
        List<SourceRecord> records = new ArrayList<>();
        try (RecordReader reader = file.open()) {
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
            try (AnnotatedWriter writer = new AnnotatedWriter(Files.newOutputStream(target), file, reader, NAMES)) {
                for (int i : IntStream.range(0, records.size()).toArray()) {
                    writer.write(records.get(i), List.of("=include", "0.93"));
                }
                writer.end(reader.rest());
            }
        }
        Charset charset = file.encoding() == null ? StandardCharsets.UTF_8 : file.encoding().charset();
        return Files.readString(target, charset);
    }
}
