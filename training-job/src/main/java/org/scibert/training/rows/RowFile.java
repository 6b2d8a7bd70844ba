package org.scibert.training.rows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.io.Text;
import org.scibert.training.records.BadRecordException;
import org.scibert.training.records.DataException;
import org.scibert.training.records.RecordFile;
import org.scibert.training.records.RecordReader;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;
import org.scibert.training.records.SourceRecord;

/** A file of records that is read for its texts, one record after the other. */
public final class RowFile implements Closeable {
    /** Records whose fields are looked at before columns are chosen. */
    private static final int AHEAD = 200;

    /** Characters that a message shows of a value. */
    private static final int SHOWN = 60;

    /** What tools write in place of a title or an abstract that they don't have. */
    private static final Set<String> NO_TEXT = Set.of(
            "na", "n/a", "nan", "null", "none", "no abstract", "no abstract available", "[no abstract available]",
            "abstract not available", "not available");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?…:;]\\s*$");
    private static final Pattern NOT_IN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** "Editorial" or "Reply to the authors" is the title of many works. */
    private static final int TITLE_WORDS = 5;

    private static final Pattern DOI = Pattern.compile("10\\.\\d{4,9}/\\S+");

    private final RecordFile file;
    private final RecordReader reader;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private final boolean empty;
    private final Columns columns;
    private final String name;

    /** A record that was read before it was asked for, or why it can't be read. */
    private record Ahead(SourceRecord record, BadRecordException bad) {}

    /**
     * Opens a file.
     *
     * @param name what rows without an id are called by, before their line; empty for an only file
     * @param labelled whether labels are needed
     * @param most the number of records that may be looked at before the first one is asked for
     */
    RowFile(Path path, String name, ReadOptions options, boolean labelled, int most) throws IOException {
        this.file = RecordFile.of(path, Optional.of(options.sheet()).filter(sheet -> !sheet.isEmpty()));
        this.name = name;
        this.reader = file.open();
        try {
            Set<String> names = new LinkedHashSet<>(reader.columns());
            while (ahead.isEmpty()
                    || reader.columns().isEmpty() && ahead.size() < (names.isEmpty() ? AHEAD : Math.min(AHEAD, most))) {
                try {
                    SourceRecord record = reader.next();
                    if (record == null) {
                        break;
                    }
                    ahead.add(new Ahead(record, null));
                    names.addAll(record.fields().keySet());
                } catch (BadRecordException e) {
                    ahead.add(new Ahead(null, e));
                }
            }
            this.empty = ahead.isEmpty();
            if (names.isEmpty() && !empty && ahead.peek().bad() != null) {
                throw ahead.peek().bad();
            }
            List<String> all = reader.columns().isEmpty() ? List.copyOf(names) : reader.columns();
            refuseNestedList();
            this.columns = Columns.choose(path, file.format(), all, options, labelled);
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** Refuses one JSON object whose records are in a list within it, as many programs' answers are. */
    private void refuseNestedList() throws DataException {
        if (!file.format().isJson() || ahead.size() != 1 || ahead.peek().bad() != null) {
            return;
        }
        Map<String, Field> fields = ahead.peek().record().fields();
        boolean hasText = fields.values().stream().anyMatch(field -> field.kind() == Kind.TEXT);
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            if (!hasText && field.getValue().kind() == Kind.STRUCTURE && field.getValue().text().startsWith("[{")) {
                throw new DataException(file.path(), Text.format("it is one JSON object, whose \"%s\" is a list of"
                        + " objects; write that list alone, or one object a line", field.getKey()));
            }
        }
    }

    /** Opens a file of texts to classify. */
    public static RowFile ofTexts(Path path, ReadOptions options) throws IOException {
        return new RowFile(path, "", options, false, Integer.MAX_VALUE);
    }

    /** Whether there is no record in it. */
    public boolean isEmpty() {
        return empty;
    }

    /** The file with its format. */
    public RecordFile file() {
        return file;
    }

    /** The format, the encoding and the columns that were chosen, in words. */
    public String title() {
        return file.title() + ", " + columns.title();
    }

    public RecordReader reader() {
        return reader;
    }

    Columns columns() {
        return columns;
    }

    /**
     * The next record; null after the last one.
     *
     * @throws BadRecordException if it can't be read; the next call goes on after it
     */
    public SourceRecord next() throws IOException {
        if (ahead.isEmpty()) {
            return reader.next();
        }
        Ahead next = ahead.remove();
        if (next.bad() != null) {
            throw next.bad();
        }
        return next.record();
    }

    /**
     * The text of a record; empty if none of its parts has one.
     *
     * @throws BadRecordException if a part is a number, a list or an object of JSON
     */
    public Optional<String> text(SourceRecord record) throws DataException {
        List<String> parts = new ArrayList<>();
        for (List<String> names : columns.texts()) {
            Optional<String> part = part(record, names);
            if (part.isPresent() && !parts.contains(part.get())) {
                parts.add(part.get());
            }
        }
        if (parts.size() < 2) {
            return parts.stream().findFirst();
        }
        StringBuilder text = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            text.append(SENTENCE_END.matcher(text).find() ? " " : ". ").append(part);
        }
        return Optional.of(text.toString());
    }

    /** The title of a record, whatever makes its text. */
    Optional<String> titleOf(SourceRecord record) {
        return Columns.first(record, columns.titles())
                .map(field -> Markup.toText(String.join(" ", field.texts())).strip());
    }

    /** Whether a record has a title and no abstract. */
    boolean isTitleOnly(SourceRecord record) throws DataException {
        return !columns.abstracts().isEmpty() && part(record, columns.abstracts()).isEmpty();
    }

    private Optional<String> part(SourceRecord record, List<String> names) throws DataException {
        for (String column : names) {
            Field field = record.fields().get(column);
            if (field == null || field.text().isBlank()) {
                continue;
            }
            boolean number = field.kind() == Kind.SCALAR && columns.prose(); // a title may be one: 1984
            boolean keywords = Columns.isKeywords(names);
            if (field.kind() != Kind.TEXT && !number && !(keywords && field.kind() == Kind.LIST)) {
                throw bad(record, Text.format("\"%s\" must be a text, is %s", column, beginning(field.text())));
            }
            if (!columns.prose()) {
                return Optional.of(field.text());
            }
            String text = Markup.toText(String.join(keywords ? "; " : " ", field.texts()));
            if (!text.isBlank() && !NO_TEXT.contains(text.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private static String beginning(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    /**
     * The id of a record: its own, else its DOI or PMID, else its line.
     *
     * @throws BadRecordException if its own is a list or an object of JSON
     */
    public String id(SourceRecord record) throws DataException {
        Optional<Field> own = Columns.first(record, columns.ids());
        if (own.isPresent()) {
            if (own.get().kind() != Kind.TEXT && own.get().kind() != Kind.SCALAR) {
                throw bad(record, Text.format(
                        "an id must be a text or a number, is %s; choose another column with --id-column",
                        beginning(own.get().text())));
            }
            return own.get().texts().get(0);
        }
        return keys(record).stream()
                .findFirst()
                .orElse(name.isEmpty() ? Integer.toString(record.line()) : name + ":" + record.line());
    }

    /** The DOI and the PMID of a record, as far as it has them: {@code doi:10.1000/1}, {@code pmid:1}. */
    List<String> keys(SourceRecord record) {
        List<String> keys = new ArrayList<>();
        columns.dois().stream()
                .map(record.fields()::get)
                .filter(field -> field != null)
                .flatMap(field -> field.texts().stream())
                .map(DOI::matcher)
                .filter(Matcher::find)
                .findFirst()
                .ifPresent(found -> keys.add("doi:" + found.group().toLowerCase(Locale.ROOT)));
        Columns.first(record, columns.pmids())
                .map(field -> field.texts().get(0).strip())
                .filter(pmid -> pmid.matches("[0-9]{1,9}"))
                .ifPresent(pmid -> keys.add("pmid:" + pmid));
        return keys;
    }

    /**
     * What else names the work that a record is about: {@link #keys}, and {@code title:…} where it has a title that is
     * more than a common heading, in lower case and without punctuation.
     */
    List<String> works(SourceRecord record) {
        List<String> works = new ArrayList<>(keys(record));
        Columns.first(record, columns.titles())
                .map(title -> NOT_IN_WORDS.matcher(Markup.toText(title.text()).toLowerCase(Locale.ROOT)).replaceAll(" ")
                        .strip())
                .filter(title -> title.split(" ").length >= TITLE_WORDS)
                .ifPresent(title -> works.add("title:" + title));
        return works;
    }

    /** Why a record that was read can't be used. */
    public BadRecordException bad(SourceRecord record, String reason) {
        return new BadRecordException(file.path(), record, reason);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
