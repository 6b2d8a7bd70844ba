package org.scibert.training.encoder;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.scibert.io.Text;

/**
 * The settings of opening encoders: hub, cache, and who hears of downloads.
 *
 * @param cache folder for downloads and unpacked files; made when needed
 * @param endpoint of the hub, http or https, without a slash at its end
 * @param token sent to the endpoint's host and to no other; null for none
 * @param listener hears of downloads
 * @param pause waits between two attempts; tests don't
 */
public record EncoderOptions(
        Path cache, URI endpoint, String token, Listener listener, Pause pause) {

    /** Waits between two attempts. */
    @FunctionalInterface
    public interface Pause {
        void lasting(Duration duration) throws InterruptedException;
    }

    /** Hears of downloads. Called often, on the thread that downloads; should return quickly. */
    public interface Listener {
        /** Hears nothing. */
        Listener SILENT = new Listener() {
            @Override
            public void progress(String file, long bytes, long total) {}

            @Override
            public void message(String text) {}
        };

        /**
         * Says how many bytes of a file are on disk. A resumed download starts above 0, one begun anew falls back to 0.
         *
         * @param file the name in the repository, for example {@code model.safetensors}
         * @param bytes from 0 to {@code total}, both included
         * @param total the file's size in bytes
         */
        void progress(String file, long bytes, long total);

        /** Says what a person should know: a lost connection, a copy from the cache in place of the hub's. */
        void message(String text);
    }

    private static final String HUGGING_FACE = "https://huggingface.co";

    /** @throws IllegalArgumentException if the endpoint is no web address, or the token can't be a header's value */
    public EncoderOptions {
        if (endpoint.getHost() == null || !("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
                || endpoint.getQuery() != null || endpoint.getPath().endsWith("/")) {
            throw new IllegalArgumentException(
                    Text.format("HF_ENDPOINT must be like %s, is \"%s\"", HUGGING_FACE, endpoint));
        }
        if (token != null && !token.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    Text.format("HF_TOKEN holds %s characters, among them one that no token has", token.length()));
        }
    }

    /**
     * Reads {@code HF_ENDPOINT} (https://huggingface.co unless set), {@code HF_TOKEN} and {@code ENCODER_CACHE}
     * ({@code scibert} in {@code XDG_CACHE_HOME} or in {@code .cache} of the home folder unless set). A variable that
     * is blank counts as unset.
     *
     * @param environment as {@link System#getenv()} gives it
     */
    public static EncoderOptions ofEnvironment(Map<String, String> environment, Listener listener) {
        String home = value(environment, "HOME", System.getProperty("user.home"));
        String caches = value(environment, "XDG_CACHE_HOME", Path.of(home, ".cache").toString());
        String cache = value(environment, "ENCODER_CACHE", Path.of(caches, "scibert").toString());
        return new EncoderOptions(
                Path.of(cache),
                endpoint(value(environment, "HF_ENDPOINT", HUGGING_FACE)),
                value(environment, "HF_TOKEN", null),
                listener,
                duration -> Thread.sleep(duration.toMillis()));
    }

    /** The settings without the token, which must reach no log. */
    @Override
    public String toString() {
        return Text.format("EncoderOptions[cache=%s, endpoint=%s, token=%s]",
                cache, endpoint, token == null ? "no" : "set");
    }

    private static URI endpoint(String address) {
        try {
            return URI.create(address.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("HF_ENDPOINT is no web address: " + e.getMessage(), e);
        }
    }

    private static String value(Map<String, String> environment, String name, String fallback) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? fallback : value;
    }
}
