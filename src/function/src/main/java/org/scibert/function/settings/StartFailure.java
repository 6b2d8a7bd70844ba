package org.scibert.function.settings;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jboss.logging.Logger;
import org.scibert.io.Json;

/**
 * The end of a start that fails: one line that says why, and exit status 1. Lambda is told too where Quarkus would not:
 * in a native executable. For the jar, AWS's runtime client does it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-initerror">the request</a>
 */
public final class StartFailure {
    private static final Logger LOG = Logger.getLogger(StartFailure.class);
    private static final String TYPE = "Function.DoesNotStart";
    private static final int TIMEOUT_MILLIS = 2000;

    private StartFailure() {}

    /** Returns the exception to throw: Quarkus prints its message alone, and exits with 1. */
    public static ConfigurationException of(String reason) {
        String message = "The function does not start: " + reason;
        String api = System.getenv("AWS_LAMBDA_RUNTIME_API");
        if (api != null && ImageMode.current() == ImageMode.NATIVE_RUN) {
            report(api, message);
        }
        return new ConfigurationException(message);
    }

    private static void report(String api, String message) {
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
        try (OutputStream body = connection.getOutputStream()) {
            body.write(Json.MAPPER.writeValueAsBytes(
                    Json.MAPPER.createObjectNode().put("errorMessage", message).put("errorType", TYPE)));
        }
        connection.getResponseCode();
    }
}
