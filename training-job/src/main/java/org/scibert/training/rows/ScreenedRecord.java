package org.scibert.training.rows;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.training.records.SourceRecord;
import org.scibert.training.records.SourceRecord.Field;

/**
 * One record of a file that people screen.
 *
 * @param source as it stands in the file
 * @param id its own, else its DOI or PMID, else its line
 * @param title empty if there is none
 * @param text title and abstract; empty if there is neither
 * @param keys what else names the work: {@code doi:…}, {@code pmid:…}, {@code title:…}
 * @param label in the spelling of {@link LabelText}; empty if nobody has decided
 */
public record ScreenedRecord(
        SourceRecord source, String id, String title, String text, List<String> keys, Optional<String> label) {
    public ScreenedRecord {
        keys = List.copyOf(keys);
    }

    /** Where the record begins in its file, counted from 1. */
    public int line() {
        return source.line();
    }

    /**
     * A value that this program wrote into the record, as a column, a key or a note.
     *
     * @param name such as {@code SciBERT_probability}; a table's column may have it in another case
     * @return the last one, if there are several; empty for none or a blank one
     */
    public Optional<String> value(String name) {
        String last = "";
        Pattern note = Pattern.compile("(?:^|\\n|; )" + Pattern.quote(name) + ": *([^;\\n]*)");
        for (Map.Entry<String, Field> field : source.fields().entrySet()) {
            if (field.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                last = field.getValue().text();
            } else if (field.getValue().text().contains(name)) {
                Matcher found = note.matcher(field.getValue().text());
                while (found.find()) {
                    last = found.group(1);
                }
            }
        }
        return Optional.of(last.strip()).filter(value -> !value.isEmpty());
    }
}
