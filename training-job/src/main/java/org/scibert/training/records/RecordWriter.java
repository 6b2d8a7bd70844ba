package org.scibert.training.records;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes records with what was found of them. */
public interface RecordWriter extends Closeable {

    /**
     * A record to write.
     *
     * @param readable whether it is a record of its file's format; if not, it has its text alone
     * @param values what is written beside it, one for each of the writer's names; blank ones are left out where the
     *     format allows that
     * @param notes what is written beside a reference as notes of their own
     */
    record Annotated(SourceRecord record, boolean readable, List<String> values, List<String> notes) {
        public Annotated {
            values = List.copyOf(values);
            notes = List.copyOf(notes);
        }

        /** The same record with another value of this index. */
        public Annotated with(int index, String value) {
            List<String> other = new ArrayList<>(values);
            other.set(index, value);
            return new Annotated(record, readable, other, notes);
        }
    }

    void write(Annotated record) throws IOException;

    /**
     * Writes what stands after the last record.
     *
     * @param rest of the file that the records come from
     */
    void end(String rest) throws IOException;
}
