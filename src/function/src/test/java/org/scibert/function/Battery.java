package org.scibert.function;

import static org.scibert.function.Exchange.of;
import static org.scibert.function.Exchange.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Requests of every kind, each with the status and the code that it must get; code null where it is answered. */
final class Battery {
    static final int MAX_BODY = 1_048_576;
    static final int MAX_TEXTS = 32;
    static final int MAX_LENGTH = 20_000;

    private final List<Case> cases = new ArrayList<>();

    record Case(Exchange exchange, int status, String code) {
        @Override
        public String toString() {
            return exchange + " -> " + status + (code == null ? "" : " " + code);
        }
    }

    static List<Case> cases() {
        Battery b = new Battery();
        b.answered();
        b.notJson();
        b.wrongJson();
        b.limits();
        b.envelopes();
        b.explained();
        b.page();
        return b.cases;
    }

    private void answered() {
        for (String path : List.of("/classify", "/tokenize")) {
            ok(post("one text", path, "{\"text\": \"We measured it.\"}"));
            ok(post("several texts", path, "{\"texts\": [\"a\", \"b c\", \"d e f\"]}"));
        }
        ok(post("same text twice", "/classify", "{\"texts\": [\"a\", \"a\"]}"));
        ok(post("emoji", "/classify", "{\"text\": \"\uD83D\uDE80 to \uD83D\uDC69\u200D\uD83D\uDD2C\"}"));
        ok(post("escaped emoji", "/classify", "{\"text\": \"\\ud83d\\ude80\"}"));
        ok(post("half an emoji", "/classify", "{\"text\": \"a \\ud83d b\"}"));
        ok(post("right to left", "/classify",
                "{\"text\": \"\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627\"}"));
        ok(post("combining marks", "/classify", "{\"text\": \"Z\u0361\u0327a\u0308lgo\"}"));
        ok(post("Chinese", "/tokenize", "{\"text\": \"\u6DF1\u5EA6\u5B66\u4E60\"}"));
        ok(post("control characters", "/tokenize", "{\"text\": \"a\\u0000b\\u0007c\"}"));
        ok(post("special tokens", "/tokenize", "{\"text\": \"[CLS] [SEP] [MASK]\"}"));
        ok(post("more tokens than are read", "/classify", "{\"text\": \"" + "word ".repeat(600) + "\"}"));
        ok(post("read in windows", "/classify",
                "{\"text\": \"" + "word ".repeat(60) + "\", \"onTooLong\": \"window\"}"));
        ok(post("by the model in service", "/classify", "{\"text\": \"a\", \"candidate\": false}"));
        refused(post("candidate that is no boolean", "/classify", "{\"text\": \"a\", \"candidate\": \"no\"}"),
                422, "wrong_type");
        ok(post("short enough", "/classify", "{\"text\": \"a\", \"onTooLong\": \"reject\"}"));
        refused(post("not short enough", "/classify",
                "{\"text\": \"" + "word ".repeat(60) + "\", \"onTooLong\": \"reject\"}"),
                413, "text_too_long");
        ok(post("one long word", "/tokenize", "{\"text\": \"" + "w".repeat(5000) + "\"}"));
        ok(post("space around", "/classify", " \r\n\t{ \"text\" : \"a\" } \n"));
        ok(post("escaped field name", "/classify", "{\"te\\u0078t\": \"a\"}"));
        ok(of("GET", "/model"));
        ok(of("GET", "/openapi.yaml"));
        ok(of("GET", "/model").with("Accept", "text/html"));
        ok(of("HEAD", "/model"));
        ok(of("HEAD", "/openapi.yaml"));
    }

    private void explained() {
        ok(post("explained", "/explain", "{\"text\": \"We study the cell. The method results.\"}"));
        ok(post("several explained", "/explain", "{\"texts\": [\"we study\", \"the cell\"]}"));
        ok(post("explained by gradients", "/explain",
                "{\"text\": \"We study the cell.\", \"method\": \"integrated-gradients\"}"));
        ok(post("a label explained", "/explain", "{\"text\": \"the cell\", \"label\": \"other\"}"));
        ok(post("the end is not explained", "/explain", "{\"text\": \"" + "cell ".repeat(200) + "\"}"));
        refused(post("no such label", "/explain", "{\"text\": \"a\", \"label\": \"perhaps\"}"), 422, "unknown_value");
        refused(post("label: 1", "/explain", "{\"text\": \"a\", \"label\": 1}"), 422, "wrong_type");
        refused(post("no such method", "/explain", "{\"text\": \"a\", \"method\": \"lime\"}"), 422, "unknown_value");
        refused(post("method: null", "/explain", "{\"text\": \"a\", \"method\": null}"), 422, "wrong_type");
        ok(post("no neighbours", "/explain", "{\"text\": \"we study\", \"neighbours\": 0}"));
        ok(post("neighbours", "/explain", "{\"texts\": [\"we study\", \"a\"], \"neighbours\": 3}"));
        refused(post("many neighbours", "/explain", "{\"text\": \"a\", \"neighbours\": 21}"), 422, "unknown_value");
        refused(post("neighbours: true", "/explain", "{\"text\": \"a\", \"neighbours\": true}"), 422, "wrong_type");
        refused(post("half a neighbour", "/explain", "{\"text\": \"a\", \"neighbours\": 0.5}"), 422, "unknown_value");
        refused(post("onTooLong of reasons", "/explain", "{\"text\": \"a\", \"onTooLong\": \"cut\"}"),
                422, "unknown_field");
        refused(post("blank reasons", "/explain", "{\"text\": \"\\u200b\"}"), 422, "blank_text");
        refused(post("too many reasons", "/explain", "{\"texts\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}"),
                422, "too_many_texts");
        refused(post("reasons of no JSON", "/explain", "{"), 400, "invalid_json");
        refused(post("reasons of much", "/explain", padded(MAX_BODY + 1)), 413, "body_too_large");
        refused(post("reasons as text", "/explain", "{}").with("Content-Type", "text/plain"),
                415, "unsupported_media_type");
        refused(of("GET", "/explain"), 405, "method_not_allowed");
    }

    private void page() {
        ok(of("GET", "/"));
        ok(of("GET", "/page/main.js"));
        ok(of("GET", "/page/records/read.js"));
        for (String path : List.of("/page", "/page/", "/page/index.html", "/page/../application.properties",
                "/page/%2e%2e/application.properties", "/application.properties")) {
            refused(of("GET", path), 404, "not_found");
        }
        refused(post("to the page", "/", "{}"), 404, "not_found");
    }

    private void notJson() {
        for (String body : List.of("", " ", "{", "{bad", "{\"text\": \"a\"", "{\"text\": \"a\"}}", "{\"text\": \"a\",}",
                "{'text': 'a'}", "{\"text\": \"a\"} {\"text\": \"b\"}", "{\"text\": \"a\", \"text\": \"b\"}",
                "{\"text\": \"tab\there\"}", "{\"text\": \"\\x41\"}", "{\"text\": NaN}", "{\"text\": 01}", "text=a",
                "// a\n{\"text\": \"a\"}", "[".repeat(2000), "{\"a\":".repeat(2000),
                "{\"text\": " + "9".repeat(2000) + "}",
                "nul", "\uFEFF\uFEFF{}")) {
            refused(post("not JSON: " + shown(body), "/classify", body), 400, "invalid_json");
        }
        refused(post("UTF-8 that isn't", "/classify", new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"',
                (byte) 0xC3, (byte) 0x28, '"', '}'}), 400, "invalid_json");
        refused(post("UTF-8 of a surrogate", "/classify", new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"',
                (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'}), 400, "invalid_json");
        refused(post("bytes", "/classify", new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2}), 400, "invalid_json");
        for (Charset other : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16,
                Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))) {
            refused(post(other.name(), "/classify", "{\"text\": \"a\"}".getBytes(other)), 400, "invalid_json");
        }
        refused(post("overlong UTF-8", "/classify", new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', 'a',
                (byte) 0xC0, (byte) 0x80, 'b', '"', '}'}), 400, "invalid_json");
        refused(post("a zero byte", "/tokenize", "{\"text\": \"a\0b\"}"), 400, "invalid_json");
        refused(post("Latin-1", "/tokenize", "{\"text\": \"\u00E9t\u00E9\"}".getBytes(StandardCharsets.ISO_8859_1)),
                400, "invalid_json");
    }

    private void wrongJson() {
        for (String body : List.of("null", "true", "1", "1e400", "\"text\"", "[]", "[\"text\"]", "{\"text\": null}",
                "{\"text\": 1}", "{\"text\": 1e999999}", "{\"text\": false}", "{\"text\": {}}", "{\"text\": [\"a\"]}",
                "{\"texts\": \"a\"}", "{\"texts\": null}", "{\"texts\": {\"0\": \"a\"}}", "{\"texts\": [\"a\", null]}",
                "{\"texts\": [\"a\", 1]}", "{\"texts\": [[\"a\"]]}")) {
            refused(post("wrong type: " + body, "/classify", body), 422, "wrong_type");
        }
        for (String value : List.of("\"CUT\"", "\"\"", "\"trim\"")) {
            refused(post("onTooLong: " + value, "/classify", "{\"text\": \"a\", \"onTooLong\": " + value + "}"),
                    422, "unknown_value");
        }
        refused(post("onTooLong: null", "/classify", "{\"text\": \"a\", \"onTooLong\": null}"), 422, "wrong_type");
        refused(post("onTooLong of tokens", "/tokenize", "{\"text\": \"a\", \"onTooLong\": \"cut\"}"),
                422, "unknown_field");
        refused(post("nothing in it", "/classify", "{}"), 422, "no_text");
        refused(post("no texts", "/classify", "{\"texts\": []}"), 422, "no_text");
        refused(post("both", "/classify", "{\"text\": \"a\", \"texts\": [\"b\"]}"), 422, "text_and_texts");
        refused(post("unknown field", "/classify", "{\"text\": \"a\", \"tone\": 1}"), 422, "unknown_field");
        refused(post("another case", "/classify", "{\"Text\": \"a\"}"), 422, "unknown_field");
        refused(post("long unknown field", "/tokenize", "{\"" + "x".repeat(500) + "\": 1}"), 422, "unknown_field");
        for (String blank : List.of("", " ", "\\n\\t ", "\u00A0\u2003", "\u200B\uFEFF", "\\u0000\\u0007", "\\ud83d",
                "\uE000", "\uFFFD", "\u0301\u0308", "\uDB80\uDC00")) {
            refused(post("blank: " + blank, "/classify", "{\"text\": \"" + blank + "\"}"), 422, "blank_text");
        }
        refused(post("one blank text", "/tokenize", "{\"texts\": [\"a\", \" \"]}"), 422, "blank_text");
    }

    private void limits() {
        ok(post("as many texts as may be", "/classify", texts(MAX_TEXTS)));
        refused(post("a text too many", "/classify", texts(MAX_TEXTS + 1)), 422, "too_many_texts");
        ok(post("as long a text as may be", "/classify", "{\"text\": \"" + "a".repeat(MAX_LENGTH) + "\"}"));
        ok(post("as long an emoji text as may be", "/tokenize",
                "{\"text\": \"" + "\uD83D\uDE80".repeat(MAX_LENGTH) + "\"}"));
        refused(post("an emoji too many", "/tokenize",
                "{\"text\": \"" + "\uD83D\uDE80".repeat(MAX_LENGTH + 1) + "\"}"), 413, "text_too_long");
        refused(post("a text too long", "/classify", "{\"text\": \"" + "a".repeat(MAX_LENGTH + 1) + "\"}"),
                413, "text_too_long");
        ok(post("as large a body as may be", "/classify", padded(MAX_BODY)));
        refused(post("a body too large", "/classify", padded(MAX_BODY + 1)), 413, "body_too_large");
        refused(post("twice a body", "/tokenize", padded(2 * MAX_BODY)), 413, "body_too_large");
    }

    private void envelopes() {
        Exchange good = post("good", "/classify", "{\"text\": \"a\"}");
        ok(good.with("Content-Type", "application/json; charset=UTF-8"));
        ok(good.with("Content-Type", "APPLICATION/JSON"));
        for (String charset : List.of("utf8", "UTF8", "\"utf-8\"", "us-ascii", "ascii")) {
            ok(good.with("Content-Type", "application/json; charset=" + charset));
        }
        ok(good.with("Content-Encoding", "identity"));
        ok(new Exchange("no Content-Type", "POST", "/classify", Map.of(), good.body()));
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                "application/json; charset=latin1", "application/json; charset=utf-16", "application/json; charset=",
                "application/json; charset=\"", "application/jsonp", ";")) {
            refused(good.with("Content-Type", type), 415, "unsupported_media_type");
        }
        refused(post("as text", "/tokenize", "{\"text\": \"a\"}").with("Content-Type", "text/plain"),
                415, "unsupported_media_type");
        refused(good.with("Content-Encoding", "br"), 415, "unsupported_media_type");
        refused(good.with("Content-Encoding", "gzip"), 400, "invalid_json");
        ok(post("gzip", "/classify", gzip(good.body())).with("Content-Encoding", "gzip"));
        refused(post("gzip that grows", "/classify", gzip(padded(MAX_BODY + 1).getBytes(StandardCharsets.UTF_8)))
                .with("Content-Encoding", "gzip"), 413, "body_too_large");
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            refused(of(method, "/classify"), 405, "method_not_allowed");
        }
        refused(of("HEAD", "/classify"), 405, "method_not_allowed");
        refused(of("GET", "/tokenize"), 405, "method_not_allowed");
        refused(post("to the model", "/model", "{}"), 405, "method_not_allowed");
        refused(post("to the document", "/openapi.yaml", "{}"), 405, "method_not_allowed");
        for (String path : List.of(
                "/", "/classify/", "//classify", "/classify/x", "/Classify", "/%63lassify", "/favicon.ico")) {
            refused(post("to " + path, path, "{\"text\": \"a\"}"), 404, "not_found");
        }
        refused(post("large body to nowhere", "/nowhere", padded(MAX_BODY + 1)), 404, "not_found");
        refused(post("large body of text", "/classify", padded(MAX_BODY + 1)).with("Content-Type", "text/plain"),
                415, "unsupported_media_type");
    }

    private void ok(Exchange exchange) {
        cases.add(new Case(exchange, 200, null));
    }

    private void refused(Exchange exchange, int status, String code) {
        cases.add(new Case(exchange, status, code));
    }

    private static String texts(int count) {
        return "{\"texts\": [" + String.join(", ", Collections.nCopies(count, "\"a b\"")) + "]}";
    }

    /** A good body of so many bytes: JSON allows any space. */
    private static String padded(int bytes) {
        String body = "{\"text\": \"a\"}";
        return body + " ".repeat(bytes - body.length());
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String shown(String body) {
        return body.length() <= 40 ? body : body.substring(0, 20) + "… (" + body.length() + ")";
    }
}
