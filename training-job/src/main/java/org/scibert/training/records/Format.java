package org.scibert.training.records;

/** A format that records are read from. */
public enum Format {
    JSON_LINES("JSON lines"),
    JSON("JSON"),
    TABLE("a table"),
    RIS("RIS"),
    MEDLINE("PubMed (nbib)"),
    WEB_OF_SCIENCE("Web of Science"),
    ENDNOTE("EndNote export (%0)"),
    ENDNOTE_XML("EndNote XML"),
    WORKBOOK("an Excel workbook");

    private final String title;

    Format(String title) {
        this.title = title;
    }

    /** The format's name in messages. */
    public String title() {
        return title;
    }

    public boolean isJson() {
        return this == JSON_LINES || this == JSON;
    }

    /** Whether records are bibliographic references, whose tags have known meanings. */
    public boolean isBibliographic() {
        return this == RIS || this == MEDLINE || this == WEB_OF_SCIENCE || this == ENDNOTE || this == ENDNOTE_XML;
    }
}
