package org.scibert.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * The event, of payload format 2.0, that a Lambda Function URL makes of a request.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">the format</a>
 */
final class FunctionUrlEvent {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FunctionUrlEvent() {}

    /** A body that isn't UTF-8 comes as Base64. */
    static ObjectNode of(Exchange e) {
        ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("routeKey", "$default");
        event.put("rawPath", e.path()).put("rawQueryString", "");
        ObjectNode headers = event.putObject("headers");
        headers.put("host", "id.lambda-url.eu-central-1.on.aws").put("x-forwarded-proto", "https");
        e.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        context(event.putObject("requestContext"), e);
        if (e.body().length > 0) {
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(e.body())).toString();
                event.put("body", text).put("isBase64Encoded", false);
            } catch (CharacterCodingException notText) {
                inBase64(event, e);
            }
        } else {
            event.put("isBase64Encoded", false);
        }
        return event;
    }

    /** The same with the body as Base64 whatever it is. */
    static ObjectNode inBase64(Exchange e) {
        return inBase64(of(e), e);
    }

    private static ObjectNode inBase64(ObjectNode event, Exchange e) {
        return event.put("body", Base64.getEncoder().encodeToString(e.body())).put("isBase64Encoded", true);
    }

    private static void context(ObjectNode context, Exchange e) {
        context.put("accountId", "anonymous").put("apiId", "id").put("domainPrefix", "id");
        context.put("domainName", "id.lambda-url.eu-central-1.on.aws");
        context.put("requestId", "1").put("routeKey", "$default").put("stage", "$default");
        context.put("time", "22/Nov/2026:16:00:00 +0000").put("timeEpoch", 1795363200000L);
        context.putObject("http")
                .put("method", e.method())
                .put("path", e.path())
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", "127.0.0.1")
                .put("userAgent", "test");
    }
}
