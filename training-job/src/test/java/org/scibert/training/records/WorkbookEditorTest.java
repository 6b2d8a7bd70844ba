package org.scibert.training.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.training.records.RecordWriter.Annotated;

class WorkbookEditorTest {
    private static final String PART = "xl/worksheets/second.xml";
    private static final List<String> NAMES = List.of("SciBERT_label", "SciBERT_rank");
    private static final String BEFORE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet"
            + " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";

    @TempDir
    private Path folder;

    @Test
    void cellsAreAddedBehindTheLastColumnAndAllElseStays() throws IOException {
        Path file = workbook("<dimension ref=\"A1:C4\"/><cols><col min=\"1\" max=\"1\" width=\"9\"/></cols><sheetData>"
                + "<row r=\"1\" spans=\"1:2\">" + cell("A1", "text") + cell("B1", "sum") + "</row>"
                + "<row r=\"2\" spans=\"1:3\" ht=\"20\">" + cell("A2", "we study") + "<c r=\"B2\""
                + " s=\"3\"><f>1+1</f><v>2</v></c><c r=\"C2\"/></row><row r=\"3\"/><row r=\"4\">"
                + cell("A4", "b &lt; c") + "</row></sheetData>"
                + "<autoFilter ref=\"A1:B4\"/></worksheet>");
        String expected = BEFORE + "<cols><col min=\"1\" max=\"1\" width=\"9\"/></cols><sheetData>"
                + "<row r=\"1\">" + cell("A1", "text") + cell("B1", "sum") + added("D1", "SciBERT_label")
                + added("E1", "SciBERT_rank") + "</row>"
                + "<row r=\"2\" ht=\"20\">" + cell("A2", "we study")
                + "<c r=\"B2\" s=\"3\"><f>1+1</f><v>2</v></c><c r=\"C2\"/>"
                + added("D2", "'=a&lt;b") + "<c r=\"E2\"><v>1</v></c></row><row r=\"3\"/>"
                + "<row r=\"4\">" + cell("A4", "b &lt; c") + added("D4", "'=a&lt;b")
                + "<c r=\"E4\"><v>2</v></c></row></sheetData>"
                + "<autoFilter ref=\"A1:B4\"/></worksheet>";
        Path once = edit(file, "=a<b");
        assertThat(part(once, PART)).isEqualTo(expected);
        assertThat(part(once, "xl/worksheets/first.xml")).isEqualTo("first");
        assertThat(part(edit(once, "other"), PART)).isEqualTo(expected.replace("'=a&lt;b", "other"));
    }

    @Test
    void aSheetWithPrefixesIsLeftToTheOtherWriter() throws IOException {
        Path file = workbook(
                "<sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>text</t></is></c></row></sheetData></worksheet>");
        RecordFile records = RecordFile.of(file, Optional.of("Second"));
        try (RecordReader reader = records.open()) {
            assertThat(WorkbookEditor.open(OutputStream.nullOutputStream(), records, reader, NAMES)).isEmpty();
        }
    }

    private Path edit(Path file, String label) throws IOException {
        Path target = Files.createTempFile(folder, "edited", ".xlsx");
        RecordFile records = RecordFile.of(file, Optional.of("Second"));
        try (RecordReader reader = records.open();
                WorkbookEditor editor =
                        WorkbookEditor.open(Files.newOutputStream(target), records, reader, NAMES).orElseThrow()) {
            int rank = 1;
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                editor.write(new Annotated(record, true, List.of(label, Integer.toString(rank++)), List.of()));
            }
            editor.end("");
        }
        return target;
    }

    private static String cell(String reference, String text) {
        return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static String added(String reference, String text) {
        return cell(reference, text).replace("<t>", "<t xml:space=\"preserve\">");
    }

    private static String part(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path workbook(String sheet) throws IOException {
        Path file = Files.createTempFile(folder, "book", ".xlsx");
        String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        String packages = "http://schemas.openxmlformats.org/package/2006/relationships";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
            put(zip, "[Content_Types].xml",
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + type + "sheet.main+xml\"/>"
                    + "<Override PartName=\"/" + PART + "\" ContentType=\"" + type + "worksheet+xml\"/></Types>");
            put(zip, "_rels/.rels",
                    "<Relationships xmlns=\"" + packages + "\"><Relationship Id=\"r\" Type=\"" + relations
                    + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            put(zip, "xl/workbook.xml",
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\""
                    + relations + "\"><sheets><sheet name=\"First\" sheetId=\"1\" r:id=\"a\"/><sheet name=\"Second\""
                    + " sheetId=\"2\" r:id=\"b\"/></sheets></workbook>");
            put(zip, "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"" + packages + "\"><Relationship Id=\"a\" Type=\""
                    + relations + "/worksheet\" Target=\"worksheets/first.xml\"/><Relationship Id=\"b\" Type=\""
                    + relations
                    + "/worksheet\" Target=\"/" + PART + "\"/></Relationships>");
            put(zip, "xl/worksheets/first.xml", "first");
            put(zip, PART, BEFORE + sheet);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
