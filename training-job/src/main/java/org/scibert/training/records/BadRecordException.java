package org.scibert.training.records;

import java.nio.file.Path;
import java.util.Map;

/**
 * A record that can't be read or used, while the records after it can: the reader's next call gives the one after it.
 */
public final class BadRecordException extends DataException {
    private static final long serialVersionUID = 1L;

    private final transient SourceRecord record;
    private final String reason;

    /** @param record with as many fields as could be read, mostly none */
    public BadRecordException(Path file, SourceRecord record, String reason) {
        super(file, record.line(), reason);
        this.record = record;
        this.reason = reason;
    }

    BadRecordException(Path file, int line, String raw, String reason) {
        this(file, new SourceRecord(line, raw, Map.of()), reason);
    }

    /** The record's line and its text as it stands in the file. */
    public SourceRecord record() {
        return record;
    }

    /** What is wrong and what to do, without file and line. */
    public String reason() {
        return reason;
    }
}
