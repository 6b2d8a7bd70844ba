package org.scibert.function.room;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bodies to requests and answers to bodies, by the rules of {@link StrictJson}. */
@Singleton
public final class Json {
    private final ObjectMapper mapper;

    @Inject
    Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Reads a body.
     *
     * @return null if the body is JSON's null
     * @throws Refusal if it is not JSON, or not what the type takes
     */
    <T> T read(byte[] body, Class<T> type) {
        try {
            return mapper.readerFor(type).readValue(body);
        } catch (JsonProcessingException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof Refusal refusal) {
                    throw refusal;
                }
            }
            throw notJson(e.getLocation());
        } catch (IOException e) {
            // What isn't in the encoding that it begins in ends here.
            throw notJson(null);
        }
    }

    byte[] write(Object answer) {
        try {
            return mapper.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param where reading stopped; null if that is not known */
    private static Refusal notJson(JsonLocation where) {
        return new Refusal(Problem.INVALID_JSON, "the body is not one JSON value in UTF-8 with each field once"
                + (where == null ? "" : ": see line %d, column %d".formatted(where.getLineNr(), where.getColumnNr())));
    }
}
