package org.scibert.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * JSON as this project's own files hold it: strict to read (no duplicate keys, no trailing text, no coerced scalars),
 * indented, and the same bytes for the same values on every platform.
 */
public final class Json {
    /** The one mapper; configured once and never changed. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantDeserializer()))
            .build();
    private static final ObjectWriter INDENTED = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /** Indented UTF-8 with a final line end. */
    public static byte[] write(Object value) {
        try {
            return (INDENTED.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is a bug: a " + value.getClass().getSimpleName() + " has no JSON", e);
        }
    }

    /** @throws JsonProcessingException if the bytes are no JSON of this type, or JSON's null */
    public static <T> T read(byte[] json, Class<T> type) throws JsonProcessingException {
        T value = MAPPER.readValue(new String(json, StandardCharsets.UTF_8), type);
        if (value == null) {
            throw MismatchedInputException.from(null, type, "it holds null");
        }
        return value;
    }

    /** What is wrong and in which field, without the library's own location text. */
    public static String explain(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return e.getOriginalMessage() + mapping.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining(" → ", " in ", ""));
        }
        return e.getOriginalMessage();
    }

    private static final class InstantDeserializer extends FromStringDeserializer<Instant> {
        InstantDeserializer() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String value, DeserializationContext context) {
            return Instant.parse(value);
        }
    }
}
