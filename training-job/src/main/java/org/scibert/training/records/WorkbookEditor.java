package org.scibert.training.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes an Excel workbook again with a few cells more at the end of each record's row: all other cells, formats,
 * formulas and sheets stay. Records come in the order of their rows. The sheet's XML is held in memory.
 */
public final class WorkbookEditor implements RecordWriter {
    private static final Pattern ROW = Pattern.compile("<row\\b([^>]*?)(?:/>|>(.*?)</row>)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\br=\"(\\d+)\"");
    private static final Pattern CELL = Pattern.compile("<c\\b[^>]*?\\br=\"([A-Z]{1,3})\\d+\"");
    private static final Pattern ANY_CELL = Pattern.compile("<c[\\s/>]");
    private static final Pattern DIMENSION = Pattern.compile("<dimension\\b[^>]*/>");

    private final ZipFile zip;
    private final String part;
    private final String sheet;
    private final List<String> names;
    private final int headerRow;
    /** Letters of the columns that an earlier run wrote. */
    private final List<String> replaced = new ArrayList<>();
    /** The first column that is written, counted from 0. */
    private final int start;
    private final Matcher rows;
    private final StringBuilder written;
    private final OutputStream target;
    private int copied;
    private int row;

    private WorkbookEditor(
            OutputStream target, ZipFile zip, String part, String sheet, WorkbookReader reader, List<String> names) {
        this.target = target;
        this.zip = zip;
        this.part = part;
        this.sheet = sheet;
        this.names = List.copyOf(names);
        this.headerRow = reader.headerRow();
        List<String> columns = reader.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (names.contains(columns.get(i))) {
                replaced.add(WorkbookWriter.column(i));
            }
        }
        int end = columnsOf(sheet);
        int kept = columns.size() - names.size();
        boolean atEnd = end == columns.size() && kept >= 0 && columns.subList(kept, end).equals(names);
        this.start = atEnd ? kept : end;
        this.rows = ROW.matcher(sheet);
        this.written = new StringBuilder(sheet.length() + sheet.length() / 4);
    }

    /**
     * Opens a workbook for writing it again.
     *
     * @param target closed with the writer
     * @param reader of the file
     * @param names of the values that each record gets
     * @return empty if the sheet's XML is written in an unusual way, with prefixes or with cells that don't say where
     *     they are; {@link WorkbookWriter} writes its values then
     */
    public static Optional<WorkbookEditor> open(
            OutputStream target, RecordFile file, RecordReader reader, List<String> names) throws IOException {
        ZipFile zip = new ZipFile(file.path().toFile());
        try {
            Optional<String> part = Workbooks.sheetPart(zip, file.sheet());
            if (part.isPresent() && zip.getEntry(part.get()) != null) {
                String sheet = text(zip, part.get());
                if (sheet.contains("<sheetData") && CELL.matcher(sheet).results().count()
                        == ANY_CELL.matcher(sheet).results().count()) {
                    return Optional.of(
                            new WorkbookEditor(target, zip, part.get(), sheet, (WorkbookReader) reader, names));
                }
            }
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
        zip.close();
        return Optional.empty();
    }

    private static String text(ZipFile zip, String part) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(part))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The number of columns up to the last one with a cell. */
    private static int columnsOf(String sheet) {
        int end = 0;
        for (Matcher cell = CELL.matcher(sheet); cell.find(); ) {
            int column = 0;
            for (char letter : cell.group(1).toCharArray()) {
                column = 26 * column + letter - 'A' + 1;
            }
            end = Math.max(end, column);
        }
        return end;
    }

    @Override
    public void write(Annotated record) {
        while (row < record.record().line() && rows.find()) {
            Matcher number = NUMBER.matcher(rows.group(1));
            row = number.find() ? Integer.parseInt(number.group(1)) : row + 1;
            if (row == headerRow) {
                edit(names, true);
            } else if (row == record.record().line()) {
                edit(record.values(), false);
            }
        }
    }

    /** Copies the sheet up to the end of the row that was found, with its new cells. */
    private void edit(List<String> values, boolean header) {
        written.append(sheet, copied, rows.start());
        copied = rows.end();
        String cells = rows.group(2) == null ? "" : rows.group(2);
        for (String column : replaced) {
            cells = cells.replaceAll(
                    "(?s)<c\\b[^>]*?\\br=\"" + column + "\\d+\"(?:[^>]*/>|[^>]*(?<!/)>.*?</c>)", "");
        }
        written.append("<row").append(rows.group(1).replaceAll("\\s+spans=\"[^\"]*\"", "")).append('>').append(cells);
        for (int i = 0; i < values.size(); i++) {
            boolean number = !header && names.get(i).matches(".*_(probability|rank)");
            written.append(WorkbookWriter.cell(
                    WorkbookWriter.column(start + i) + row, Cells.harmless(values.get(i)), number));
        }
        written.append("</row>");
    }

    @Override
    public void end(String rest) throws IOException {
        written.append(sheet, copied, sheet.length());
        ZipOutputStream out = new ZipOutputStream(target);
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setTime(entry.getTime());
            out.putNextEntry(copy);
            if (entry.getName().equals(part)) {
                // Readers that trust the dimension would not see the new columns; it may be missing.
                out.write(DIMENSION.matcher(written).replaceFirst("").getBytes(StandardCharsets.UTF_8));
            } else {
                try (InputStream in = zip.getInputStream(entry)) {
                    in.transferTo(out);
                }
            }
        }
        out.finish();
    }

    @Override
    public void close() throws IOException {
        zip.close();
        target.close();
    }
}
