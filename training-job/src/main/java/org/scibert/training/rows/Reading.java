package org.scibert.training.rows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.scibert.io.Text;

/**
 * How a file was read, for people: its format, the columns that were chosen, and what was left out.
 *
 * @param file that was read
 * @param how its format, encoding and columns, in words
 * @param records that it has, or those that were read of it
 * @param titleOnly records whose text is a title without an abstract
 * @param unlabelled how often each spelling of a missing label stands in records that were left out
 * @param unlabelledLine where the first of them stands; 0 if there is none
 * @param withoutText records that were left out because they have no text
 * @param withoutTextLine where the first of them stands; 0 if there is none
 * @param notices about its encoding
 */
public record Reading(
        Path file,
        String how,
        int records,
        int titleOnly,
        Map<String, Integer> unlabelled,
        int unlabelledLine,
        int withoutText,
        int withoutTextLine,
        List<String> notices) {
    public Reading {
        unlabelled = new TreeMap<>(unlabelled);
        notices = List.copyOf(notices);
    }

    /** The number of records that were left out because they have no label. */
    public int unlabelledRecords() {
        return unlabelled.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One line about the format and the columns, and one about each thing that was left out. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Text.format("%s: %s; %s %s", file, how, records, records == 1 ? "record" : "records"));
        notices.forEach(notice -> lines.add(Text.format("%s: %s", file, notice)));
        if (unlabelledRecords() > 0) {
            lines.add(Text.format("%s: %s without a label left out, the first in line %s: %s",
                    file, count(unlabelledRecords()), unlabelledLine, spellings()));
        }
        if (withoutText > 0) {
            lines.add(Text.format("%s: %s without a text left out, the first in line %s",
                    file, count(withoutText), withoutTextLine));
        }
        if (titleOnly > 0) {
            lines.add(Text.format("%s: %s with a title and no abstract", file, count(titleOnly)));
        }
        return lines;
    }

    private static String count(int records) {
        return records == 1 ? "1 record" : records + " records";
    }

    /** {@code "NA" (12), blank (3)}. */
    String spellings() {
        return unlabelled.entrySet().stream()
                .map(value -> Text.format("%s (%s)",
                        value.getKey().isEmpty() ? "blank" : "\"" + value.getKey() + "\"", value.getValue()))
                .collect(Collectors.joining(", "));
    }
}
