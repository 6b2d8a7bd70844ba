package org.scibert.training.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

class RowReaderPropertyTest {
    private static Path folder;

    @BeforeContainer
    static void create() throws IOException {
        folder = Files.createTempDirectory("rows");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(folder.resolve("a.csv"));
        Files.delete(folder.resolve("a.tsv"));
        Files.delete(folder);
    }

    @Property(seed = "3", tries = 300)
    void whatIsWrittenAsCsvIsReadBack(@ForAll("texts") List<String> texts) throws IOException {
        assertReadBack("a.csv", ',', texts);
        assertReadBack("a.tsv", '\t', texts);
    }

    private static void assertReadBack(String name, char delimiter, List<String> texts) throws IOException {
        Path file = folder.resolve(name);
        CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setHeader("id", "text", "label").get();
        List<Row> written = new ArrayList<>();
        int line = 2;
        try (Writer out = Files.newBufferedWriter(file); CSVPrinter printer = new CSVPrinter(out, format)) {
            for (String text : texts) {
                printer.printRecord("row " + line, text, text.length() % 2);
                written.add(new Row(line, "row " + line, text, List.of("" + text.length() % 2)));
                line += 1 + (int) text.chars().filter(c -> c == '\n').count();
            }
        }
        assertThat(RowReader.read(file, Integer.MAX_VALUE).rows()).isEqualTo(written);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> awkward = Arbitraries.of(
                "\"", ",", "\t", "\n", "\r\n", "\r", "'", "é", "😀", " ", "\\", "#");
        Arbitrary<String> words = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5);
        return Arbitraries.oneOf(awkward, words).list().ofMaxSize(8).map(parts -> String.join("", parts))
                .filter(text -> !text.isBlank()).list().ofMinSize(1).ofMaxSize(5);
    }
}
