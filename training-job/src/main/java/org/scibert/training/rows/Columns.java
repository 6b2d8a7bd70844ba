package org.scibert.training.rows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;
import org.scibert.training.records.Format;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord;

/**
 * The fields of a file's records that hold text, label and id. Of several names for one thing, the first that has a
 * value counts.
 *
 * @param texts one list of names for each part of the text, such as those of titles and those of abstracts
 * @param abstracts names of abstracts; none where other columns make the text
 * @param titles names of titles, whatever makes the text
 * @param prose whether the parts are titles and abstracts of references, which may hold markup and placeholders
 * @param labels one name, or {@code label} and {@code labels}; none where notes may say it or nothing does
 * @param flags whether the labels are the names of several columns of 0 and 1
 * @param notes names of fields in which screening tools write their decisions
 */
record Columns(
        List<List<String>> texts,
        List<String> abstracts,
        List<String> titles,
        boolean prose,
        List<String> labels,
        boolean flags,
        List<String> notes,
        List<String> ids,
        List<String> dois,
        List<String> pmids) {
    private static final List<String> TITLES =
            List.of("title", "primary_title", "TI", "T1", "%T", "article_title", "document_title");
    private static final List<String> ABSTRACTS =
            List.of("abstract", "notes_abstract", "AB", "N2", "%X", "abstract_note");
    private static final List<String> KEYWORDS =
            List.of("keywords", "keyword", "author_keywords", "KW", "DE", "OT", "MH", "%K");
    /** What was decided on the function's page or merged by {@code agree} comes first, before what it came from. */
    private static final String DECISION = "SciBERT_decision";
    /** A decision on the full text comes before one on title and abstract. */
    private static final List<String> LABELS = List.of(
            DECISION, "label", "labels", "final_included", "included_final", "label_included", "included_label",
            "included",
            "included_flag", "include", "asreview_label", "decision", "inclusion_decision");
    private static final List<String> NOTES =
            List.of("N1", "notes", "research-notes", "RN", "custom1", "C1", "%Z", "GN");
    private static final List<String> IDS = List.of("id", "record_id", "key", "ref_id");
    private static final List<String> DOIS = List.of("doi", "DO", "DI", "%R", "electronic-resource-num", "LID", "AID");
    private static final List<String> PMIDS = List.of("pmid", "pubmed_id", "PM");

    /**
     * Chooses among a file's fields.
     *
     * @param names the fields of the file, or of its first records
     * @param labelled whether labels are needed
     * @throws DataException if the text, or a column that was asked for, is not among them
     */
    static Columns choose(Path file, Format format, Collection<String> names, ReadOptions options, boolean labelled)
            throws DataException {
        boolean given = !options.textColumns().isEmpty();
        List<List<String>> texts = new ArrayList<>();
        if (given) {
            for (String column : options.textColumns()) {
                texts.add(List.of(need(file, names, column, "--text-columns")));
            }
        } else if (!format.isBibliographic() && !matching(names, List.of("text")).isEmpty()) {
            texts.add(single(file, names, "text"));
        } else {
            texts.add(matching(names, TITLES));
            texts.add(matching(names, ABSTRACTS));
            if (options.keywords()) {
                texts.add(matching(names, KEYWORDS));
            }
            texts.removeIf(List::isEmpty);
        }
        if (texts.isEmpty() && !format.isBibliographic()) {
            throw new DataException(file, names.stream().allMatch(String::isBlank)
                    ? "there are no rows in it; export the records again"
                    : Text.format(
                            "it has no column \"text\", nor \"title\" or \"abstract\"; its columns are %s; name those"
                                    + " that",
                            String.join(", ", names)) + " make the text with --text-columns");
        }
        boolean text = given || texts.size() == 1 && texts.get(0).size() == 1
                && key(texts.get(0).get(0)).equals("text");
        List<String> notes = matching(names, NOTES);
        return new Columns(
                texts,
                text ? List.of() : matching(names, ABSTRACTS),
                matching(names, TITLES),
                !text || format.isBibliographic(),
                labelled ? labels(file, format, names, options, notes) : List.of(),
                labelled && options.labelColumns().size() > 1,
                labelled ? notes : List.of(),
                !options.idColumn().isEmpty()
                        ? List.of(need(file, names, options.idColumn(), "--id-column"))
                        : format == Format.WEB_OF_SCIENCE ? List.of() : matching(names, IDS), // its ID are keywords
                matching(names, DOIS),
                format == Format.MEDLINE ? matching(names, List.of("PMID")) : matching(names, PMIDS));
    }

    private static List<String> labels(
            Path file, Format format, Collection<String> names, ReadOptions options, List<String> notes)
            throws DataException {
        if (!options.labelColumns().isEmpty()) {
            List<String> chosen = new ArrayList<>();
            for (String column : options.labelColumns()) {
                chosen.add(need(file, names, column, "--label-column"));
            }
            return chosen;
        }
        List<String> found = matching(names, LABELS);
        if (found.isEmpty() && notes.isEmpty() && !format.isBibliographic()) {
            throw new DataException(file, Text.format(
                    "it has no column \"label\", nor another known one; its columns are %s; name the",
                    String.join(", ", names)) + " one that holds the label with --label-column");
        }
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.size() > 1 && key(found.get(0)).equals("label") && key(found.get(1)).equals("labels")) {
            return found.subList(0, 2); // of JSON rows, each has one of them
        }
        return single(file, names, found.get(0));
    }

    /** A column that must not stand twice: two different texts or labels could be meant. */
    private static List<String> single(Path file, Collection<String> names, String name) throws DataException {
        List<String> same = names.stream().filter(other -> key(other).equals(key(name))).toList();
        if (same.size() > 1) {
            throw new DataException(file, Text.format("it has the column \"%s\" %s times; rename or delete all but one",
                    same.get(0), same.size()));
        }
        return same;
    }

    private static String need(Path file, Collection<String> names, String wanted, String option) throws DataException {
        return names.stream()
                .filter(name -> key(name).equals(key(wanted)))
                .findFirst()
                .orElseThrow(() -> new DataException(file, Text.format(
                        "it has no column \"%s\" (%s); its columns are %s",
                        wanted, option, String.join(", ", names))));
    }

    private static List<String> matching(Collection<String> names, List<String> known) {
        Set<String> found = new LinkedHashSet<>();
        for (String wanted : known) {
            names.stream().filter(name -> key(name).equals(key(wanted))).forEach(found::add);
        }
        return List.copyOf(found);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_\\uFEFF-]+", "");
    }

    /** Whether a column holds decisions of a screening, of which "maybe" is none. */
    static boolean isDecision(String name) {
        return key(name).equals(key(DECISION));
    }

    /** Whether these are names of keywords, of which a record may have several. */
    static boolean isKeywords(List<String> names) {
        return names.stream().allMatch(name -> KEYWORDS.stream().anyMatch(known -> key(known).equals(key(name))));
    }

    /** The first field of some names that has a value. */
    static Optional<Field> first(SourceRecord record, List<String> names) {
        return names.stream()
                .map(record.fields()::get)
                .filter(field -> field != null && !field.text().isBlank())
                .findFirst();
    }

    /** The choice in words. */
    String title() {
        StringBuilder title = new StringBuilder(texts.isEmpty() ? "no text" : texts.stream()
                .map(part -> part.get(0))
                .collect(Collectors.joining(" and ", "text from ", "")));
        if (!labels.isEmpty()) {
            title.append(", label from ").append(String.join(", ", labels));
        } else if (!notes.isEmpty()) {
            title.append(", label from notes (").append(String.join(", ", notes)).append(')');
        }
        return ids.isEmpty() ? title.toString() : title.append(", id from ").append(ids.get(0)).toString();
    }
}
