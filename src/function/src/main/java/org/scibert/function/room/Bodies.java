package org.scibert.function.room;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** What a body may be, before it is read: its media type, its encoding, its size. */
final class Bodies {
    private Bodies() {}

    /** @throws Refusal unless the body is JSON, or unlabelled */
    static void checkType(Request request) {
        if (request.contentType() == null) {
            return;
        }
        String[] parts = request.contentType().toLowerCase(Locale.ROOT).split(";");
        boolean json = parts.length > 0 && parts[0].strip().equals("application/json");
        for (int i = 1; json && i < parts.length; i++) {
            String parameter = parts[i].strip();
            json = !parameter.startsWith("charset=") || parameter.matches("charset=\"?utf-8\"?");
        }
        if (!json) {
            throw new Refusal(Problem.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json in UTF-8");
        }
    }

    /**
     * The body's own bytes.
     *
     * @throws Refusal if they are more than the limit, none, or packed otherwise than by gzip
     */
    static byte[] unpack(Request request, int limit) {
        String encoding = request.contentEncoding() == null ? "identity" : request.contentEncoding().strip();
        if (request.body() == null) {
            throw tooLarge(limit);
        }
        byte[] body = switch (encoding.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> request.body();
            case "gzip" -> gunzip(request.body(), limit);
            default -> throw new Refusal(Problem.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be sent as it is or with Content-Encoding: gzip");
        };
        if (body.length > limit) {
            throw tooLarge(limit);
        }
        if (body.length == 0) {
            throw new Refusal(Problem.INVALID_JSON, "the body is empty; send {\"text\": \"…\"}");
        }
        return body;
    }

    private static Refusal tooLarge(int limit) {
        return new Refusal(Problem.BODY_TOO_LARGE,
                "the body is larger than %d bytes; send fewer texts at a time".formatted(limit));
    }

    private static byte[] gunzip(byte[] packed, int limit) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readNBytes(limit + 1);
        } catch (IOException e) {
            throw new Refusal(Problem.INVALID_JSON, "the body is not gzip, though Content-Encoding says so");
        }
    }
}
