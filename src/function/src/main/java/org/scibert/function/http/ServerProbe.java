package org.scibert.function.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.scibert.io.Text;

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
                Optional<String> fault = fault(property, file);
                if (fault.isPresent()) {
                    return Optional.of(Text.format("%s names %s, %s", variable(property), file, fault.get()));
                }
            }
        }
        String host = config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
        if (!binds(host, 0)) {
            return Optional.of(Text.format(
                    "%s is not an address of this machine; set QUARKUS_HTTP_HOST to one, or to 0.0.0.0 for all",
                    host));
        }
        Optional<String> plain = portProblem(config, host, "quarkus.http.port");
        return plain.isEmpty() && tls ? portProblem(config, host, "quarkus.http.ssl-port") : plain;
    }

    private static Optional<String> portProblem(Config config, String host, String property) {
        int port = config.getOptionalValue(property, Integer.class).orElse(0);
        if (binds(host, port)) {
            return Optional.empty();
        }
        return Optional.of(Text.format("port %d is taken%s; stop the program that listens there, or set %s to another",
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

    /** Quarkus looks among its resources first; a file there was put there with the program. */
    private static Optional<String> fault(String property, String file) {
        if (Thread.currentThread().getContextClassLoader().getResource(file) != null) {
            return Optional.empty();
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            return Optional.of("which can't be read; name a file that exists and that this user may read");
        }
        try {
            if (property.endsWith(".certificate.files")) {
                try (InputStream in = Files.newInputStream(path)) {
                    if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                        throw new CertificateException("no certificate");
                    }
                }
            } else if (property.endsWith(".key-files") && !Files.readString(path).contains("PRIVATE KEY-----")) {
                return Optional.of("which holds no private key; name a PEM file with one");
            }
        } catch (CertificateException e) {
            return Optional.of("which holds no X.509 certificate; name a PEM file with one");
        } catch (IOException e) {
            return Optional.of("which is not text in PEM; name a PEM file");
        }
        return Optional.empty();
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
