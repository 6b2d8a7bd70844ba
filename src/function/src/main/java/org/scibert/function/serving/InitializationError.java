package org.scibert.function.serving;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jboss.logging.Logger;

/**
 * Tells Lambda why the native executable does not start: Quarkus would end it without a word, or with one that names no
 * reason. For the jar, AWS's runtime client does it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-initerror">the request</a>
 */
final class InitializationError {
    private static final Logger LOG = Logger.getLogger(InitializationError.class);
    private static final String TYPE = "Function.DoesNotStart";
    private static final int TIMEOUT_MILLIS = 2000;

    private InitializationError() {}

    /** Does nothing elsewhere than in a native executable on Lambda. */
    static void report(String message) {
        String api = System.getenv("AWS_LAMBDA_RUNTIME_API");
        if (api == null || ImageMode.current() != ImageMode.NATIVE_RUN) {
            return;
        }
        try {
            post(URI.create("http://" + api + "/2018-06-01/runtime/init/error"), message);
        } catch (IOException e) {
            LOG.warnf("Lambda's Runtime API at %s was not told of the failure: %s", api, e);
        }
    }

    private static void post(URI uri, String message) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Lambda-Runtime-Function-Error-Type", TYPE);
        ObjectMapper json = new ObjectMapper();
        try (OutputStream body = connection.getOutputStream()) {
            body.write(json.writeValueAsBytes(json.createObjectNode().put("errorMessage", message).put("errorType", TYPE)));
        }
        connection.getResponseCode();
    }
}
