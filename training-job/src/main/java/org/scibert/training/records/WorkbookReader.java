package org.scibert.training.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.scibert.io.Text;
import org.scibert.training.records.SourceRecord.Field;

/** Reads the rows of an Excel workbook's sheet, whose first row that is not empty has the names of the columns. */
final class WorkbookReader implements RecordReader {
    private final Path file;
    private final ReadableWorkbook workbook;
    private final Iterator<Row> rows;
    private final List<String> columns;
    private final int headerRow;

    /** @param name of the sheet; empty for the first one */
    WorkbookReader(Path file, Optional<String> name) throws IOException {
        this.file = file;
        try {
            this.workbook = new ReadableWorkbook(file.toFile());
            this.rows = sheet(name).openStream().iterator();
            Row header = nextRow();
            this.headerRow = header == null ? 0 : header.getRowNum();
            this.columns = header == null ? List.of() : texts(header, header.getCellCount());
        } catch (ExcelReaderException | UncheckedIOException | IllegalStateException e) {
            throw damaged();
        }
    }

    private Sheet sheet(Optional<String> name) throws DataException {
        if (name.isEmpty()) {
            return workbook.getFirstSheet();
        }
        return workbook.findSheet(name.get()).orElseThrow(() -> new DataException(file,
                Text.format("the workbook has no sheet \"%s\"; its sheets are %s",
                        name.get(), String.join(", ", workbook.getSheets().map(Sheet::getName).toList()))));
    }

    /** The number of the row with the names of the columns, counted from 1; 0 if there is none. */
    int headerRow() {
        return headerRow;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public SourceRecord next() throws IOException {
        try {
            Row row = nextRow();
            if (row == null) {
                return null;
            }
            List<String> texts = texts(row, columns.size());
            Map<String, Field> fields = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                fields.putIfAbsent(columns.get(i), Field.of(texts.get(i)));
            }
            return new SourceRecord(row.getRowNum(), "", fields);
        } catch (ExcelReaderException | UncheckedIOException | IllegalStateException e) {
            throw damaged();
        }
    }

    private Row nextRow() {
        while (rows.hasNext()) {
            Row row = rows.next();
            if (texts(row, row.getCellCount()).stream().anyMatch(text -> !text.isBlank())) {
                return row;
            }
        }
        return null;
    }

    private static List<String> texts(Row row, int columns) {
        return IntStream.range(0, columns).mapToObj(i -> row.getOptionalCell(i).map(WorkbookReader::text).orElse(""))
                .toList();
    }

    private static String text(Cell cell) {
        if (cell.getType() == CellType.BOOLEAN) {
            return cell.asBoolean() ? "1" : "0";
        }
        if (cell.getType() == CellType.NUMBER) {
            return cell.asNumber().stripTrailingZeros().toPlainString();
        }
        return cell.getText() == null ? "" : cell.getText().strip();
    }

    private DataException damaged() {
        return new DataException(file, "it begins like an Excel workbook and can't be read as one; save it again as"
                + " .xlsx or CSV");
    }

    @Override
    public String rest() {
        return "";
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
