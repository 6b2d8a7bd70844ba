package org.scibert.store;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.http.HttpFields;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/**
 * What stricter servers refuse and S3Proxy takes: a part whose checksum is of an algorithm that was not named when its
 * upload was created. versitygw 1.8 answers as this does.
 */
final class StrictMultipart extends Handler.Wrapper {
    private static final String CHECKSUM = "x-amz-checksum-";
    private static final String NONE = "none";

    /** By the object's path: the algorithm named when the last upload to it was created. */
    private final Map<String, String> named = new ConcurrentHashMap<>();

    private StrictMultipart(Handler proxy) {
        super(proxy);
    }

    /** Puts the checks before a server that is not started yet; it offers no place for them, hence the reflection. */
    static void before(S3Proxy proxy) throws ReflectiveOperationException {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        Server server = (Server) field.get(proxy);
        server.setHandler(new StrictMultipart(server.getHandler()));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        String query = String.valueOf(request.getHttpURI().getQuery());
        if (request.getMethod().equals("POST") && query.matches("uploads(=.*)?")) {
            String algorithm = request.getHeaders().get(CHECKSUM + "algorithm");
            named.put(path, algorithm == null ? NONE : algorithm.toLowerCase(Locale.ROOT));
        }
        if (request.getMethod().equals("PUT") && query.contains("partNumber=")) {
            String sent = algorithm(request.getHeaders());
            if (!sent.equals(NONE) && !sent.equals(named.getOrDefault(path, NONE))) {
                Content.Source.consumeAll(request);
                response.setStatus(400);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
                Content.Sink.write(response, true,
                        "<Error><Code>InvalidPart</Code><Message>%s was not named</Message></Error>".formatted(sent),
                        callback);
                return true;
            }
        }
        return super.handle(request, response, callback);
    }

    /** In a header of its own, or announced as a trailer. */
    private static String algorithm(HttpFields headers) {
        String trailer = headers.get("x-amz-trailer");
        if (trailer != null && trailer.startsWith(CHECKSUM)) {
            return trailer.substring(CHECKSUM.length());
        }
        return headers.getFieldNamesCollection().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith(CHECKSUM) && !name.equals(CHECKSUM + "algorithm"))
                .map(name -> name.substring(CHECKSUM.length()))
                .findFirst()
                .orElse(NONE);
    }
}
