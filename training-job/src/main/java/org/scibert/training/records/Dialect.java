package org.scibert.training.records;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A format of lines that begin with a tag: how its tags are written, and where its records begin and end. */
enum Dialect {
    /** {@code TY  - JOUR} to {@code ER  - }; one or two spaces, with or without one after the hyphen. */
    RIS("([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)", Set.of("TY"), "ER"),
    /** {@code PMID- 1}; a tag has up to four letters, a continued value is indented by six spaces. */
    MEDLINE("([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)", Set.of("PMID"), ""),
    /** {@code PT J} to {@code ER}, between {@code FN} and {@code EF}; a continued value is indented by three spaces. */
    WEB_OF_SCIENCE("([A-Z][A-Z0-9])(?: (.*)|$)", Set.of("PT"), "ER"),
    /** {@code %0 Journal Article}, without an end. */
    ENDNOTE("(%[A-Za-z0-9@!#$&()*+,/:;<=>?\\[\\]^_`{|}~-])(?: (.*)|$)", Set.of("%0"), "");

    private final Pattern line;
    private final Set<String> first;
    private final String last;

    Dialect(String line, Set<String> first, String last) {
        this.line = Pattern.compile(line);
        this.first = first;
        this.last = last;
    }

    /** A tag and the value beside it. */
    record Tagged(String tag, String value) {}

    /** The tag of a line; empty for a line that continues a value or belongs to no record. */
    Optional<Tagged> tag(String text) {
        Matcher matcher = line.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String value = matcher.group(2) == null ? "" : matcher.group(2).strip();
        // Neither "ER positive tumours" nor "ER - positive" ends a record: it is the next line of a wrapped abstract.
        if (matcher.group(1).equals(last) && !value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tagged(matcher.group(1), value));
    }

    /** Whether a record can begin with the tag; a second one in a record begins the next. */
    boolean begins(String tag) {
        return first.contains(tag);
    }

    boolean ends(String tag) {
        return !last.isEmpty() && tag.equals(last);
    }

    /** Whether a tag stands for the file and not for a record. */
    boolean isOfFile(String tag) {
        return this == WEB_OF_SCIENCE && (tag.equals("FN") || tag.equals("VR") || tag.equals("EF"));
    }

    /** Whether a line that has no tag may continue the value before it. */
    boolean continues(String text) {
        return this != MEDLINE && this != WEB_OF_SCIENCE || text.startsWith("  ");
    }
}
