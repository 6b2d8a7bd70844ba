package org.scibert.training.screening;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scibert.training.rows.ScreenedFile;
import org.scibert.training.rows.ScreenedRecord;
import org.scibert.training.screening.Screeners.Listed;

/**
 * The works that several screeners should look at, as CSV for a spreadsheet: in UTF-8 with a byte order mark, by which
 * Excel knows it, and with no cell that a spreadsheet would run as a formula.
 */
public final class ConflictList {
    private ConflictList() {}

    /** The list as CSV: why, id, title, and for each file its label and its line. */
    public static String csv(Screeners screeners) {
        List<String> header = new ArrayList<>(List.of("why", "id", "title"));
        List<String> names = names(screeners.files());
        names.forEach(name -> header.add("label in " + name));
        names.forEach(name -> header.add("line in " + name));
        StringBuilder csv = new StringBuilder("\uFEFF").append(line(header));
        for (Listed listed : screeners.listed()) {
            ScreenedRecord first = listed.work().first();
            List<String> cells = new ArrayList<>(List.of(
                    listed.reason().title(), first.id(), first.title().isEmpty() ? first.text() : first.title()));
            listed.work().byFile().forEach(records -> cells.add(records.stream()
                    .map(record -> record.label().orElse(""))
                    .distinct()
                    .collect(Collectors.joining("; "))));
            listed.work().byFile().forEach(records -> cells.add(records.stream()
                    .map(record -> Integer.toString(record.line()))
                    .collect(Collectors.joining("; "))));
            csv.append(line(cells));
        }
        return csv.toString();
    }

    /** The files' names, or their paths where two have the same name. */
    public static List<String> names(List<ScreenedFile> files) {
        List<String> names = files.stream()
                .map(file -> Optional.ofNullable(file.path().getFileName()).map(Path::toString).orElse(""))
                .toList();
        return new HashSet<>(names).size() == names.size()
                ? names
                : files.stream().map(file -> file.path().toString()).toList();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(ConflictList::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(String value) {
        String text = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
