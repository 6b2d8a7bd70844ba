package org.scibert.training.records;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.scibert.training.records.SourceRecord.Field;

/**
 * Writes records as a new Excel workbook (Office Open XML, ECMA-376) of one sheet: a row with the names of the columns,
 * and a row for each record. Texts are written as texts, so that none runs as a formula.
 */
public final class WorkbookWriter implements RecordWriter {
    /** Most characters of a cell. */
    static final int MOST_CHARACTERS = 32_767;

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Format from;
    private final List<String> names;
    private final Set<String> columns;
    private final ZipOutputStream zip;
    private final Writer sheet;
    private int row;
    private int cut;

    /** Parameters as of {@link ConvertedWriter}. */
    public WorkbookWriter(OutputStream out, Format from, List<String> names, Set<String> fields, boolean unreadable)
            throws IOException {
        this.from = from;
        this.names = List.copyOf(names);
        this.columns = ConvertedWriter.columns(from, fields, names, unreadable);
        this.zip = new ZipOutputStream(out);
        part("[Content_Types].xml", "<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\""
                + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + type("/xl/workbook.xml", "sheet.main")
                + type("/xl/worksheets/sheet1.xml", "worksheet") + "</Types>");
        part("_rels/.rels", relation(OFFICE + "/officeDocument", "xl/workbook.xml"));
        part("xl/workbook.xml", "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE
                + "\"><sheets><sheet name=\"Records\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        part("xl/_rels/workbook.xml.rels", relation(OFFICE + "/worksheet", "worksheets/sheet1.xml"));
        zip.putNextEntry(entry("xl/worksheets/sheet1.xml"));
        this.sheet = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
        sheet.write(XML + "<worksheet xmlns=\"" + MAIN + "\"><sheetData>");
        List<String> header = new ArrayList<>(columns);
        header.addAll(names);
        row(header);
    }

    private static String type(String part, String type) {
        return "<Override PartName=\"" + part
                + "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml."
                + type + "+xml\"/>";
    }

    private static String relation(String type, String target) {
        return "<Relationships xmlns=\"" + PACKAGE + "relationships\"><Relationship Id=\"rId1\" Type=\"" + type
                + "\" Target=\"" + target + "\"/></Relationships>";
    }

    private void part(String name, String xml) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write((XML + xml).getBytes(StandardCharsets.UTF_8));
    }

    /** An entry without the time of day, so that the same records give the same bytes. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        return entry;
    }

    @Override
    public void write(Annotated record) throws IOException {
        Map<String, Field> fields = ConvertedWriter.fields(from, record);
        List<String> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(ConvertedWriter.text(fields.get(column), "; ")));
        record.values().forEach(value -> cells.add(Cells.harmless(value)));
        row(cells);
    }

    private void row(List<String> cells) throws IOException {
        row++;
        sheet.write("<row r=\"" + row + "\">");
        for (int i = 0; i < cells.size(); i++) {
            String text = cells.get(i);
            if (text.length() > MOST_CHARACTERS) {
                cut++;
                text = text.substring(0, MOST_CHARACTERS);
            }
            sheet.write(cell(column(i) + row, text, row > 1 && i >= columns.size()
                    && names.get(i - columns.size()).matches(".*_(probability|rank)")));
        }
        sheet.write("</row>");
    }

    /** A cell of a sheet; nothing for a blank text. */
    static String cell(String reference, String text, boolean number) {
        if (text.isEmpty()) {
            return "";
        }
        return number && Cells.isNumber(text)
                ? "<c r=\"" + reference + "\"><v>" + text + "</v></c>"
                : "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(text)
                        + "</t></is></c>";
    }

    /** Text as XML 1.0 can hold it: other characters are left out. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "")
                .replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;");
    }

    /** The letters of a column, counted from 0: A to Z, AA and so on. */
    static String column(int index) {
        return (index < 26 ? "" : column(index / 26 - 1)) + (char) ('A' + index % 26);
    }

    /** The number of cells whose end was cut off, since a cell has no more than 32,767 characters. */
    public int cut() {
        return cut;
    }

    @Override
    public void end(String rest) throws IOException {
        sheet.write("</sheetData></worksheet>");
        sheet.flush();
        zip.closeEntry();
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        sheet.close();
    }
}
