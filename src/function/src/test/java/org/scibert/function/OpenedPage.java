package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.AtomicFiles;
import org.scibert.signing.ApiKey;

/**
 * The page in headless Chromium: over HTTP, where anybody may ask, and behind a stand-in for a Lambda Function URL,
 * where a key is wanted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OpenedPage {
    static final String KEY = ApiKey.PREFIX + "1".repeat(64);
    static final String REVOKED_KEY = ApiKey.PREFIX + "2".repeat(64);
    static final String SPENT_KEY = ApiKey.PREFIX + "3".repeat(64);
    static final int TEXTS_PER_MINUTE = 600;

    private final TinyStore store = new TinyStore();
    FunctionProcess function;
    private RuntimeApi lambda;
    LambdaProcess onLambda;
    FunctionUrlGateway gateway;
    Browser browser;
    private Path keys;

    @TempDir
    Path folder;

    enum Transport { HTTP, LAMBDA }

    @BeforeAll
    void start(@TempDir Path work) throws Exception {
        assumeTrue(Browser.isThere(), "no chromium with its chromedriver on the PATH: the page is not opened in one");
        Map<String, String> environment = new HashMap<>();
        store.start().forEach((property, value) ->
                environment.put(property.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        function = FunctionProcess.start(environment);
        lambda = RuntimeApi.start();
        environment.putAll(LambdaProcess.lambda(lambda));
        environment.remove("MODEL_CACHE");
        keys = work.resolve("api-keys");
        writeKeys(ApiKey.of("reviewer", KEY), ApiKey.of("revoked", REVOKED_KEY), ApiKey.of("spent", SPENT_KEY));
        environment.putAll(Map.of("API_KEYS", "file:" + keys, "API_KEYS_REFRESH", "1S", "LIMITS_TEXTS", "1024",
                "API_KEYS_TEXTS_PER_MINUTE", Integer.toString(TEXTS_PER_MINUTE)));
        onLambda = LambdaProcess.start(LambdaProcess.Program.jar(), environment, work.resolve("lambda"));
        gateway = FunctionUrlGateway.start(lambda);
    }

    @AfterAll
    void stop() {
        if (function != null) {
            gateway.close();
            onLambda.close();
            lambda.close();
            function.close();
            store.stop();
        }
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    void open(Transport transport) throws Exception {
        if (transport == Transport.HTTP) {
            open(function.address(), 1280, false);
            return;
        }
        browser = Browser.open(gateway.address(), folder, 1280, false);
        browser.awaitText(".status.error", "The function wants a key.");
        enter(KEY);
        browser.awaitText("h1", "tiny");
        assertThat(browser.complaints()).as("of the request without a key alone").allMatch(c -> c.contains("401"));
    }

    void enter(String key) {
        browser.type("form.key input", key);
        browser.click("form.key .primary");
    }

    void writeKeys(ApiKey... taken) throws IOException {
        AtomicFiles.write(keys, Stream.of(taken).map(ApiKey::entry).collect(Collectors.joining("\n")));
    }

    void open(URI address, int width, boolean dark) throws Exception {
        browser = Browser.open(address, folder, width, dark);
        browser.awaitText("h1", "tiny");
    }
}
