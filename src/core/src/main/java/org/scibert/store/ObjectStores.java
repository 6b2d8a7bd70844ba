package org.scibert.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.io.Text;

/** Opens object stores by their addresses. */
public final class ObjectStores {
    private static final String S3 = "s3://";
    private static final Pattern FOLDER = Pattern.compile("file:(?://(?=/))?((?!//).+)");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private ObjectStores() {}

    /**
     * Opens {@code file:PATH} (relative or absolute; taken as written, without percent-decoding) or
     * {@code s3://BUCKET/PREFIX} (the prefix may be missing). Nothing is contacted yet.
     *
     * @param environment for {@link S3Options#of}; usually {@link System#getenv()}
     * @throws IllegalArgumentException if the address is neither; the message says what is wrong with it
     */
    public static ObjectStore open(String uri, Map<String, String> environment) {
        if (uri.startsWith(S3)) {
            return s3(uri, environment);
        }
        Matcher folder = FOLDER.matcher(uri);
        if (folder.matches()) {
            return new FileStore(Path.of(folder.group(1)));
        }
        throw new IllegalArgumentException(
                Text.format("\"%s\" is not the address of a store; use %s", uri, suggestion(uri)));
    }

    private static ObjectStore s3(String uri, Map<String, String> environment) {
        String[] parts = uri.substring(S3.length()).split("/", 2);
        String bucket = parts[0];
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    Text.format(
                            "\"%s\" names the bucket \"%s\"; a bucket's name has 3 to 63 lower-case letters, digits,"
                            + " '.' and '-', and begins and ends with a letter or digit",
                            uri, bucket));
        }
        String prefix = parts.length == 1 ? "" : parts[1].replaceFirst("/$", "");
        return S3Store.open(bucket, prefix, S3Options.of(environment));
    }

    /** The address that was probably meant. */
    private static String suggestion(String uri) {
        if (uri.regionMatches(true, 0, S3, 0, S3.length())) {
            return "lower case: " + S3 + uri.substring(S3.length());
        }
        return !uri.isBlank() && !SCHEME.matcher(uri).matches()
                ? Text.format("file:%s for that folder, or s3://BUCKET/PREFIX", uri)
                : "file:PATH or s3://BUCKET/PREFIX";
    }
}
