package org.scibert.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a store by its address. */
public final class ObjectStores {
    private static final Pattern FOLDER = Pattern.compile("file:(?://(?=/))?((?!//).+)");
    private static final Pattern BUCKET = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?)/?)?");

    private ObjectStores() {}

    /**
     * Opens {@code file:PATH} (relative or absolute; taken as written, without percent-decoding) or
     * {@code s3://BUCKET/PREFIX} (the prefix may be missing). Nothing is contacted yet.
     *
     * @param environment for {@link S3Options#of}; usually {@link System#getenv()}
     * @throws IllegalArgumentException if the address is neither
     */
    public static ObjectStore open(String uri, Map<String, String> environment) {
        Matcher folder = FOLDER.matcher(uri);
        if (folder.matches()) {
            return new FileStore(Path.of(folder.group(1)));
        }
        Matcher bucket = BUCKET.matcher(uri);
        if (bucket.matches()) {
            String prefix = bucket.group(2) == null ? "" : bucket.group(2);
            return S3Store.open(bucket.group(1), prefix, S3Options.of(environment));
        }
        throw new IllegalArgumentException(
                "\"%s\" is not the address of a store; use file:PATH or s3://BUCKET/PREFIX".formatted(uri));
    }
}
