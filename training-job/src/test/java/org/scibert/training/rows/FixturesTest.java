package org.scibert.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.io.Json;
import org.scibert.training.records.DataException;
import org.scibert.training.records.SourceRecord;

/** Files as other programs write them, each with what must be read of it in NAME.expected.json. */
class FixturesTest {
    private static final Path FOLDER = Path.of("src/test/resources/records");
    private static final String EXPECTED = ".expected.json";

    /** What was read of a file. */
    private record Found(String how, List<String> texts, List<String> ids, List<Integer> lines, String raw) {}

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(EXPECTED))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsReadAsItsFixtureSays(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        JsonNode expected = Json.MAPPER.readTree(Files.readAllBytes(FOLDER.resolve(name + EXPECTED)));
        if (expected.has("refused")) {
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining(expected.get("refused").asText());
            return;
        }
        Found found = read(file);
        assertThat(found.how()).startsWith(expected.get("format").asText());
        assertThat(found.texts()).isEqualTo(texts(expected.get("texts")));
        if (expected.has("encoding")) {
            assertThat(found.how()).endsWith(", " + expected.get("encoding").asText());
        }
        if (expected.has("ids")) {
            assertThat(found.ids()).isEqualTo(texts(expected.get("ids")));
        }
        if (expected.has("lines")) {
            assertThat(found.lines()).map(line -> Integer.toString(line)).isEqualTo(texts(expected.get("lines")));
        }
        if (expected.has("labels")) {
            List<List<String>> labels = new ArrayList<>();
            expected.get("labels").forEach(row -> labels.add(texts(row)));
            assertThat(RowReader.read(file, Integer.MAX_VALUE).rows()).extracting(Row::labels).isEqualTo(labels);
        }
        if (expected.has("refusedLabelled")) {
            assertThatThrownBy(() -> RowReader.read(file, Integer.MAX_VALUE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(expected.get("refusedLabelled").asText());
        }
    }

    /** What is read is the file again, byte for byte. */
    @ParameterizedTest
    @MethodSource("files")
    void theRawTextsAreTheWholeFile(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Json.MAPPER.readTree(Files.readAllBytes(FOLDER.resolve(name + EXPECTED))).has("refused")) {
            return;
        }
        Found found = read(file);
        boolean text = found.how().contains("UTF-8");
        if (text) {
            String whole = Files.readString(file, StandardCharsets.UTF_8);
            assertThat(found.raw()).isEqualTo(whole.startsWith("\uFEFF") ? whole.substring(1) : whole);
        }
    }

    private static Found read(Path path) throws IOException {
        try (RowFile file = RowFile.ofTexts(path, ReadOptions.DEFAULT)) {
            Found found = new Found(
                    file.file().title(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), "");
            StringBuilder raw = new StringBuilder(file.reader().head());
            for (SourceRecord record = file.next(); record != null; record = file.next()) {
                found.texts().add(file.text(record).orElse(null));
                found.ids().add(file.id(record));
                found.lines().add(record.line());
                raw.append(record.raw());
            }
            raw.append(file.reader().rest());
            return new Found(found.how(), found.texts(), found.ids(), found.lines(), raw.toString());
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(text -> text.isNull() ? null : text.asText())
                .collect(java.util.stream.Collectors.toList());
    }
}
