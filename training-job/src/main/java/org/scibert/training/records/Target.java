package org.scibert.training.records;

/** A form that records of any format can be written in. */
public enum Target {
    RIS,
    CSV,
    TSV,
    JSONL,
    XLSX;

    /** Whether a file is of this form already. */
    public boolean is(RecordFile file) {
        return switch (this) {
            case RIS -> file.format() == Format.RIS;
            case CSV -> file.format() == Format.TABLE && file.delimiter() == ',';
            case TSV -> file.format() == Format.TABLE && file.delimiter() == '\t';
            case JSONL -> file.format() == Format.JSON_LINES;
            case XLSX -> file.format() == Format.WORKBOOK;
        };
    }
}
