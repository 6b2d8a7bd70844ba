package org.scibert.function.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Tries what the HTTP server will do at the end of the start: read its TLS files and bind its ports. */
public final class ServerProbe {
    private static final List<String> TLS_FILES = List.of(
            "quarkus.http.ssl.certificate.files",
            "quarkus.http.ssl.certificate.key-files",
            "quarkus.http.ssl.certificate.key-store-file",
            "quarkus.http.ssl.certificate.trust-store-file");
    /** Below it, a port needs a right that few programs have. */
    private static final int FIRST_FREE_PORT = 1024;

    private ServerProbe() {}

    /** What the server will fail at, and what to do about it; nothing if it will start. */
    public static Optional<String> problem(Config config) {
        if (!config.getOptionalValue("quarkus.http.host-enabled", Boolean.class).orElse(true)) {
            return Optional.empty();
        }
        boolean tls = false;
        for (String property : TLS_FILES) {
            for (String file : config.getOptionalValues(property, String.class).orElse(List.of())) {
                tls = true;
                if (!isReadable(file)) {
                    return Optional.of("%s names %s, which can't be read; name a file that exists and that this user may read"
                            .formatted(variable(property), file));
                }
            }
        }
        String host = config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
        if (!binds(host, 0)) {
            return Optional.of("%s is not an address of this machine; set QUARKUS_HTTP_HOST to one, or to 0.0.0.0 for all"
                    .formatted(host));
        }
        Optional<String> plain = portProblem(config, host, "quarkus.http.port");
        return plain.isEmpty() && tls ? portProblem(config, host, "quarkus.http.ssl-port") : plain;
    }

    private static Optional<String> portProblem(Config config, String host, String property) {
        int port = config.getOptionalValue(property, Integer.class).orElse(0);
        if (binds(host, port)) {
            return Optional.empty();
        }
        return Optional.of("port %d is taken%s; stop the program that listens there, or set %s to another".formatted(
                port, port < FIRST_FREE_PORT ? ", or reserved for root" : "", variable(property)));
    }

    private static boolean binds(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the server does: connections of an earlier run may linger
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Quarkus looks among its resources, too. */
    private static boolean isReadable(String file) {
        return Files.isReadable(Path.of(file))
                || Thread.currentThread().getContextClassLoader().getResource(file) != null;
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
