package org.scibert.training.records;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names for the tags of references. Those of RIS are the names that the Python package rispy gives them, which ASReview
 * and its users know; the other formats' tags have the name of the tag of RIS that says the same.
 */
final class FieldNames {
    private static final Map<String, String> RIS = pairs(
            "TY type_of_reference ID id TI title T1 primary_title T2 secondary_title T3 tertiary_title AB abstract"
                    + " N2 notes_abstract AU authors A1 first_authors A2 secondary_authors PY year Y1 publication_year"
                    + " DO doi KW keywords JO journal_name UR urls N1 notes SN issn VL volume IS number SP start_page"
                    + " EP end_page PB publisher AN accession_number LA language DB name_of_database AD"
                    + " author_address");
    private static final Map<String, String> OTHERS = Map.of(
            "MEDLINE", "TI title AB abstract AU authors JT journal_name PMID pmid GN notes VI volume IP number LA"
                    + " language",
            "WEB_OF_SCIENCE", "TI title AB abstract AU authors PY year DI doi DE keywords SO journal_name VL volume"
                    + " IS number BP start_page EP end_page UT accession_number LA language N1 notes",
            "ENDNOTE", "%0 type_of_reference %T title %X abstract %A authors %D year %R doi %K keywords %J journal_name"
                    + " %U urls %Z notes %V volume %N number %@ issn",
            "ENDNOTE_XML", "title title abstract abstract author authors year year electronic-resource-num doi"
                    + " keyword keywords secondary-title secondary_title url urls notes notes volume volume number"
                    + " number isbn issn accession-num accession_number");

    private FieldNames() {}

    /** The name of a field in a table or in JSON. */
    static String ofField(Format format, String field) {
        if (format == Format.RIS) {
            return RIS.getOrDefault(field, field);
        }
        return format.isBibliographic() ? pairs(OTHERS.get(format.name())).getOrDefault(field, field) : field;
    }

    /** The tag of RIS that holds the field of this name; empty if there is none. */
    static String risTag(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace(' ', '_');
        return RIS.entrySet().stream()
                .filter(tag -> tag.getValue().equals(plain))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name.matches("[A-Z][A-Z0-9]") && !name.equals("ER") ? name : "");
    }

    private static Map<String, String> pairs(String words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        String[] each = words.split(" ");
        for (int i = 0; i < each.length; i += 2) {
            pairs.put(each[i], each[i + 1]);
        }
        return pairs;
    }
}
