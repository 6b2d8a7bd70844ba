package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that can't succeed ends with one line that says why, and status 1, whatever it fails at. */
class StartFailureIT {
    private final TinyStore store = new TinyStore();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void publish() {
        store.start().forEach((property, value) ->
                environment.put(property.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    }

    @AfterEach
    void delete() {
        store.stop();
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            environment.put("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort()));

            assertRefused("port %d is taken; stop the program that listens there, or set QUARKUS_HTTP_PORT to another"
                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void aHostThatIsNotThisMachineIsNamed() throws Exception {
        environment.put("QUARKUS_HTTP_HOST", "203.0.113.7"); // of RFC 5737, for documents

        assertRefused(
                "203.0.113.7 is not an address of this machine; set QUARKUS_HTTP_HOST to one, or to 0.0.0.0 for all");
    }

    @Test
    void tlsFilesThatCanNotServeAreNamed(@TempDir Path folder) throws Exception {
        Path absent = folder.resolve("absent.pem");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "garbage");
        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", garbage.toString());

        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_FILES", absent.toString());
        assertRefused("QUARKUS_HTTP_SSL_CERTIFICATE_FILES names " + absent
                + ", which can't be read; name a file that exists and that this user may read");

        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_FILES", garbage.toString());
        assertRefused("QUARKUS_HTTP_SSL_CERTIFICATE_FILES names " + garbage
                + ", which holds no X.509 certificate; name a PEM file with one");
    }

    @Test
    void aFailureAfterTheModelHasLoadedHasStatusOneToo(@TempDir Path folder) throws Exception {
        Path keyStore = Files.writeString(folder.resolve("store.p12"), "garbage");
        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE", keyStore.toString());
        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD", "secret");

        try (FunctionProcess function = FunctionProcess.start(environment)) {
            assertThat(function.exitCode()).isEqualTo(1);
            assertThat(function.output()).contains("in service").doesNotContain("stopped");
        }
    }

    @Test
    void aSettingOutsideItsRangeIsNamed() throws Exception {
        environment.put("LIMITS_BODY_BYTES", "2147483647");

        assertRefused("LIMITS_BODY_BYTES must be a whole number from 1024 to 67108864, is \"2147483647\"; correct it, "
                + "or unset it for the default");
    }

    private void assertRefused(String reason) throws Exception {
        try (FunctionProcess function = FunctionProcess.start(environment)) {
            assertThat(function.exitCode()).isEqualTo(1);
            assertThat(function.output()).isEqualTo("The function does not start: " + reason + "\n");
        }
    }
}
