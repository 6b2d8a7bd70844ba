package org.scibert.function.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.scibert.io.Text;

/** The bodies of requests and answers: media type, size, gzip, and JSON by the rules of {@link StrictJson}. */
@Singleton
public final class Bodies {
    private final ObjectMapper mapper;
    private final int maxBytes;

    @Inject
    Bodies(ObjectMapper mapper, Limits limits) {
        this.mapper = mapper;
        this.maxBytes = limits.bodyBytes();
    }

    /** @throws Refusal unless the body is JSON, or has no media type */
    void checkType(Request request) {
        String type = request.header("content-type");
        if (type == null) {
            return;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";");
        boolean json = parts.length > 0 && parts[0].strip().equals("application/json");
        for (int i = 1; json && i < parts.length; i++) {
            String parameter = parts[i].strip();
            json = !parameter.startsWith("charset=") || isUtf8(parameter.substring("charset=".length()));
        }
        if (!json) {
            throw new Refusal(Problem.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json in UTF-8");
        }
    }

    /** Whether a charset is UTF-8 under one of its names, or US-ASCII, which is part of it. */
    private static boolean isUtf8(String charset) {
        String name = charset.startsWith("\"") && charset.endsWith("\"") && charset.length() > 1
                ? charset.substring(1, charset.length() - 1)
                : charset;
        try {
            Charset known = Charset.forName(name);
            return known.equals(StandardCharsets.UTF_8) || known.equals(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns the body's bytes, without gzip.
     *
     * @throws Refusal if they are more than the limit, none, compressed otherwise than by gzip, or not UTF-8
     */
    byte[] unpack(Request request) {
        String sent = request.header("content-encoding");
        String encoding = sent == null ? "identity" : sent.strip();
        if (request.body() == null) {
            throw tooLarge();
        }
        byte[] body = switch (encoding.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> request.body();
            case "gzip" -> gunzip(request.body());
            default -> throw new Refusal(Problem.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be sent as it is or with Content-Encoding: gzip");
        };
        if (body.length > maxBytes) {
            throw tooLarge();
        }
        if (body.length == 0) {
            throw new Refusal(Problem.INVALID_JSON, "the body is empty; send {\"text\": \"…\"}");
        }
        requireUtf8(body);
        return body;
    }

    /**
     * Refuses what Jackson would read: UTF-16 and UTF-32, which it detects by their zero bytes, and overlong UTF-8. No
     * JSON in UTF-8 has a zero byte.
     */
    private static void requireUtf8(byte[] body) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == 0) {
                    throw notJson(null);
                }
            }
        } catch (CharacterCodingException e) {
            throw notJson(null);
        }
    }

    /** @throws Refusal if the body is not one JSON value in UTF-8 */
    JsonNode read(byte[] body) {
        requireUtf8(body);
        try {
            return mapper.readerFor(JsonNode.class).readValue(body);
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                + (where == null ? "" : Text.format(": see line %d, column %d",
                        where.getLineNr(), where.getColumnNr())));
    }

    private Refusal tooLarge() {
        return new Refusal(Problem.BODY_TOO_LARGE,
                Text.format("the body is larger than %d bytes; send fewer texts at a time", maxBytes));
    }

    private byte[] gunzip(byte[] packed) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw new Refusal(Problem.INVALID_JSON, "the body is not gzip, though Content-Encoding says so");
        }
    }
}
