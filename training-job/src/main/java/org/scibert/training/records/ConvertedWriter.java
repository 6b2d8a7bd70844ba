package org.scibert.training.records;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.scibert.io.Json;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;

/**
 * Writes records in another form than theirs, in UTF-8: every field by its name, then the values that are added.
 * Several values of a field are joined by "; ". RIS gets fields that it has no tag for as notes,
 * {@code N1  - name: value}.
 */
public final class ConvertedWriter implements RecordWriter {
    /** Holds what can't be read as a record, as it stands in its file. */
    static final String ORIGINAL = "SciBERT_original";

    private final Format from;
    private final Target target;
    private final List<String> names;
    /** The names of all fields, in a table's order. */
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<String> asNotes = new LinkedHashSet<>();
    private final Writer out;

    /**
     * Writes what stands before the first record.
     *
     * @param out closed with this
     * @param target any but a workbook
     * @param names of the values that each record gets
     * @param fields of all records, of a table in its order
     * @param unreadable whether there are records that can't be read
     */
    public ConvertedWriter(
            OutputStream out, Format from, Target target, List<String> names, Set<String> fields, boolean unreadable)
            throws IOException {
        this.from = from;
        this.target = target;
        this.names = List.copyOf(names);
        this.columns.addAll(columns(from, fields, names, unreadable));
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        if (isTable()) {
            List<String> header = new ArrayList<>(columns);
            header.addAll(names);
            row(header);
        }
    }

    /** The names of a table's columns, without those that are written anew. */
    static Set<String> columns(Format from, Set<String> fields, List<String> names, boolean unreadable) {
        Set<String> columns = new LinkedHashSet<>();
        fields.forEach(field -> columns.add(FieldNames.ofField(from, field)));
        names.forEach(columns::remove);
        if (unreadable) {
            columns.add(ORIGINAL);
        }
        return columns;
    }

    /** The fields of a record by their names; of one that can't be read, its text. */
    static Map<String, Field> fields(Format from, Annotated record) {
        Map<String, Field> fields = new LinkedHashMap<>();
        record.record().fields().forEach((field, value) -> fields.merge(
                FieldNames.ofField(from, field), value, (a, b) -> a));
        if (!record.readable()) {
            fields.put(ORIGINAL, new Field(Kind.TEXT, List.of(record.record().raw().strip())));
        }
        return fields;
    }

    @Override
    public void write(Annotated record) throws IOException {
        Map<String, Field> fields = fields(from, record);
        names.forEach(fields::remove);
        switch (target) {
            case CSV, TSV -> {
                List<String> row = new ArrayList<>();
                columns.forEach(column -> row.add(text(fields.get(column), "; ")));
                record.values().forEach(value -> row.add(Cells.harmless(value)));
                row(row);
            }
            case JSONL -> out.write(json(record, fields) + "\n");
            case RIS -> ris(record, fields);
            case XLSX -> throw new IllegalStateException("a workbook is no text; this is a bug");
        }
    }

    private boolean isTable() {
        return target == Target.CSV || target == Target.TSV;
    }

    private void row(List<String> fields) throws IOException {
        char delimiter = target == Target.TSV ? '\t' : ',';
        out.write(fields.stream()
                .map(field -> Cells.quoted(field, delimiter))
                .collect(Collectors.joining(String.valueOf(delimiter))) + "\n");
    }

    static String text(Field field, String between) {
        return field == null ? "" : String.join(between, field.texts());
    }

    private ObjectNode json(Annotated record, Map<String, Field> fields) throws IOException {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (from.isJson() && record.readable()) {
            json.setAll(JsonFields.tree(record.record().raw()));
            json.remove(names);
        } else {
            fields.forEach((name, field) -> {
                if (field.texts().size() == 1 || name.contains("title") || name.contains("abstract")) {
                    json.put(name, text(field, " "));
                } else {
                    ArrayNode list = json.putArray(name);
                    field.texts().forEach(list::add);
                }
            });
        }
        for (int i = 0; i < names.size(); i++) {
            String value = record.values().get(i);
            if (Cells.isNumber(value) && names.get(i).matches(".*_(probability|rank)")) {
                json.put(names.get(i), new BigDecimal(value));
            } else if (!value.isBlank()) {
                json.put(names.get(i), value);
            }
        }
        return json;
    }

    private void ris(Annotated record, Map<String, Field> fields) throws IOException {
        Field type = fields.remove("type_of_reference");
        tag("TY", type == null || !type.text().matches("[A-Z]{3,8}") ? "GEN" : type.text());
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            String tag = FieldNames.risTag(field.getKey());
            if (tag.isEmpty()) {
                asNotes.add(field.getKey());
                if (!field.getValue().text().isBlank()) {
                    tag("N1", field.getKey() + ": " + text(field.getValue(), "; "));
                }
            } else {
                for (String text : field.getValue().texts()) {
                    tag(tag, text);
                }
            }
        }
        for (String note : record.notes()) {
            tag("N1", note);
        }
        for (int i = 0; i < names.size(); i++) {
            if (!record.values().get(i).isBlank()) {
                tag("N1", names.get(i) + ": " + record.values().get(i));
            }
        }
        out.write("ER  - \n\n");
    }

    private void tag(String tag, String value) throws IOException {
        String line = value.replaceAll("\\s+", " ").strip();
        if (!line.isEmpty()) {
            out.write(tag + "  - " + line + "\n");
        }
    }

    /** The fields that RIS has no tag for, which stand in notes. */
    public Set<String> asNotes() {
        return asNotes;
    }

    @Override
    public void end(String rest) {
        // what stands after the last record is of the other form
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
