package org.scibert.function;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of records that the page screens. */
final class ScreenedFiles {
    static final String ATTACK = "<script>window.attacked=1</script><img src=x onerror=window.attacked=1>";

    private static final List<String> COLUMNS =
            List.of("title", "abstract", "authors", "keywords", "year", "doi", "pmid", "journal", "url", "notes");

    private ScreenedFiles() {}

    /** So many records in RIS, every seventh without an abstract. */
    static String ris(int records) {
        StringBuilder ris = new StringBuilder();
        for (int i = 0; i < records; i++) {
            ris.append("TY  - JOUR\nAU  - Doe, Jane\nPY  - %d\nTI  - A study of the cell, method number %d\n"
                    .formatted(1990 + i % 30, i));
            if (i % 7 != 0) {
                ris.append("AB  - We study the cell %s. The results of method %d.\n".formatted(
                        "x".repeat(i % 9 + 1), i));
            }
            ris.append("DO  - 10.1000/abc.%d\nER  - \n\n".formatted(i));
        }
        return ris.toString();
    }

    /** One record, each of its fields with {@link #ATTACK} in it. */
    static String hostile(String format) {
        String quoted = ATTACK.replace("\"", "\\\"");
        return switch (format) {
            case "ris" -> tagged("TY  - JOUR\n", "%s  - ", "ER  - \n",
                    "TI", "T2", "AB", "AU", "KW", "PY", "N1", "ID", "UR", "L1", "JO", "SP", "LA", "PB", "DO");
            case "nbib" -> tagged(
                    "PMID- 1\n", "%-4s- ", "", "TI", "AB", "FAU", "AU", "MH", "OT", "DP", "TA", "LID", "AID", "LA");
            case "txt" -> tagged("FN Clarivate\nVR 1.0\nPT J\n", "%s ", "ER\n\nEF\n",
                    "TI", "AB", "AU", "DE", "ID", "SO", "PY", "PM", "UT", "DI");
            case "enw" -> tagged("%%0 Journal Article\n".formatted(), "%s ", "",
                    "%T", "%X", "%A", "%K", "%D", "%J", "%U", "%Z", "%M", "%R");
            case "csv" -> separated(",");
            case "tsv" -> separated("\t");
            default -> COLUMNS.stream().map(name -> "\"%s\":\"x%s\"".formatted(name, quoted))
                    .collect(Collectors.joining(",", "{", "}\n"));
        };
    }

    /** @param tag how a tag is written before its value */
    private static String tagged(String begin, String tag, String end, String... tags) {
        return Stream.of(tags)
                .map(name -> tag.formatted(name) + (List.of("DO", "DI", "%R").contains(name) ? "10.1000/" : "x")
                        + ATTACK + "\n")
                .collect(Collectors.joining("", begin, end));
    }

    private static String separated(String separator) {
        return String.join(separator, COLUMNS) + "\n"
                + String.join(separator, Collections.nCopies(COLUMNS.size(), "x" + ATTACK)) + "\n";
    }
}
