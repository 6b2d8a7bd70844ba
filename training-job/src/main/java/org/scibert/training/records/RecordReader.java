package org.scibert.training.records;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Reads the records of one file, one after the other and without holding more than one of them. What stands before the
 * first record, the raw texts of all records and what stands after the last one are together the whole file.
 */
public interface RecordReader extends Closeable {
    /**
     * Most characters of a record. A file whose lines or quotes never end is read no further than this, so that it
     * can't fill the memory.
     */
    int MOST_CHARACTERS = 30_000_000;

    /** The names of a table's columns, in their order; empty for formats whose records name their own fields. */
    default List<String> columns() {
        return List.of();
    }

    /** The text before the first record, such as a table's header; empty for formats without one. */
    default String head() {
        return "";
    }

    /**
     * The next record.
     *
     * @return null after the last one
     * @throws BadRecordException if what stands there is no record of the file's format; the next call goes on after it
     * @throws DataException if nothing more can be read of the file
     */
    SourceRecord next() throws IOException;

    /** The text after the last record; known when {@link #next} has given null. */
    String rest();
}
