package org.scibert.training.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class RecordPropertyTest {
    private static Path file;

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("records", ".ris");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Property(seed = "5", tries = 300)
    void recordsWrittenAsRisAreReadBack(@ForAll("records") List<Map<String, List<String>>> records) throws IOException {
        StringBuilder ris = new StringBuilder();
        records.forEach(record -> {
            ris.append("TY  - JOUR\n");
            record.forEach((tag, values) -> values.forEach(value -> ris.append("%s  - %s\n".formatted(tag, value))));
            ris.append("ER  - \n\n");
        });
        List<Map<String, List<String>>> found = new ArrayList<>();
        StringBuilder raw = new StringBuilder();
        try (RecordReader reader = new TaggedReader(file, new StringReader(ris.toString()), Dialect.RIS)) {
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                Map<String, List<String>> fields = new LinkedHashMap<>();
                record.fields().forEach((tag, field) -> fields.put(tag, field.texts()));
                assertThat(fields.remove("TY")).containsExactly("JOUR");
                found.add(fields);
                raw.append(record.raw());
            }
            raw.append(reader.rest());
        }
        assertThat(found).isEqualTo(records);
        assertThat(raw.toString()).isEqualTo(ris.toString());
    }

    /**
     * Whatever a file holds: records are read, or refused one by one, and are together the file; or the file is refused
     * with a reason that names it.
     */
    @Property(seed = "6", tries = 2000)
    void anyBytesAreReadOrRefused(@ForAll("bytes") byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            RecordFile found = RecordFile.of(file, Optional.empty());
            try (RecordReader reader = found.open()) {
                StringBuilder raw = new StringBuilder(reader.head());
                for (SourceRecord record = next(reader); record != null; record = next(reader)) {
                    assertThat(record.line()).isPositive();
                    raw.append(record.raw());
                }
                int mark = found.encoding().markBytes();
                assertThat(raw.append(reader.rest()).toString())
                        .isEqualTo(new String(bytes, mark, bytes.length - mark, found.encoding().charset()));
            }
        } catch (DataException e) {
            assertReasonable(e);
        }
    }

    private static SourceRecord next(RecordReader reader) throws IOException {
        try {
            return reader.next();
        } catch (BadRecordException e) {
            assertReasonable(e);
            return e.record();
        }
    }

    private static void assertReasonable(DataException e) {
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("Feature", "Exception", ": null", "`");
    }

    @Provide
    Arbitrary<List<Map<String, List<String>>>> records() {
        Arbitrary<String> words = Arbitraries.strings().withCharRange('a', 'z').withChars("éß-–. ER<&\"'α")
                .ofMinLength(1).ofMaxLength(30).map(String::strip).filter(text -> !text.isEmpty());
        Arbitrary<String> tags = Arbitraries.of("TI", "AB", "N2", "KW", "AU", "XX", "Z9", "DO", "N1");
        return Arbitraries.maps(tags, words.list().ofMinSize(1).ofMaxSize(3)).ofMaxSize(6)
                .map(map -> (Map<String, List<String>>) new LinkedHashMap<>(map))
                .list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<String> parts = Arbitraries.of(
                "TY  - JOUR\n", "ER  - \n", "PMID- 1\n", "PT J\n", "ER\n", "%0 Book\n", "{", "}", "[", "]", "\"", ",",
                ";",
                "\t", "|", "\n", "\r\n", "\r", "text", "label", "<record>", "</record>", "<", ">", "&x;", "TI  - a\n",
                "sep=;",
                "1", "PK\3\4", "PAR1", "FN x\n", "null", "1e999", ":", " ", "\uFEFF", "é", "\0");
        Arbitrary<byte[]> pieces = parts.list().ofMaxSize(30).map(list -> String.join("", list).getBytes(
                java.nio.charset.StandardCharsets.UTF_8));
        return Combinators.combine(noise, pieces, Arbitraries.integers().between(0, 3)).as((n, p, which) -> {
            byte[] both = new byte[n.length + p.length];
            System.arraycopy(p, 0, both, 0, p.length);
            System.arraycopy(n, 0, both, p.length, n.length);
            return which == 0 ? n : which == 1 ? both : p;
        });
    }
}
