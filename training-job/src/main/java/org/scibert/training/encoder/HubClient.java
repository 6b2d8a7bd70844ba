package org.scibert.training.encoder;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scibert.io.Text;

/**
 * Reads the files of one repository on a hub: {@code ENDPOINT/OWNER/NAME/resolve/REVISION/FILE}.
 *
 * <p>Redirects are followed here and not by the JDK's client: it would send the token to other hosts, and a file's
 * commit, digest and size stand in the hub's own answer, not in that of the store to which the hub redirects.
 */
final class HubClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int MAX_REDIRECTS = 10;

    private static final String COMMIT = "X-Repo-Commit";
    private static final String LINKED_ETAG = "X-Linked-Etag";
    private static final String LINKED_SIZE = "X-Linked-Size";

    private final HubSpec spec;
    private final URI endpoint;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * A file in the repository.
     *
     * @param name its path in the repository
     * @param commit that the revision stood for
     * @param etag SHA-256 of the content for files in large file storage, SHA-1 of the git blob for others; empty if
     *     the server's tag is neither
     * @param bytes its size
     */
    record RemoteFile(String name, String commit, String etag, long bytes) {
        RemoteFile {
            if (!etag.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
                etag = "";
            }
        }

        /** Whether the tag is the content's SHA-256. */
        boolean hasSha256() {
            return etag.length() == 64;
        }
    }

    HubClient(HubSpec spec, EncoderOptions options) {
        this.spec = spec;
        this.endpoint = options.endpoint();
        this.token = options.token();
    }

    /**
     * Looks a file up.
     *
     * @return empty if the repository has no such file at that revision
     * @throws EncoderException if the hub refuses for good
     * @throws IOException if it may answer another time
     */
    Optional<RemoteFile> find(String revision, String name) throws IOException, InterruptedException {
        List<HttpResponse<Void>> hops = follow("HEAD", revision, name, 0, BodyHandlers.discarding());
        HttpResponse<Void> last = hops.get(hops.size() - 1);
        if (HubErrors.isAbsent(last)) {
            return Optional.empty();
        }
        if (last.statusCode() >= 400) {
            throw HubErrors.of(spec, last, token != null);
        }
        Optional<String> size = header(hops, LINKED_SIZE).or(() -> last.headers().firstValue("Content-Length"));
        Optional<String> commit = header(hops, COMMIT).or(() -> Optional.of(revision)).filter(HubSpec::isCommit);
        if (commit.isEmpty() || !size.orElse("").matches("[0-9]{1,18}")
                || HubSpec.isCommit(revision) && !revision.equals(commit.get())) {
            throw new EncoderException(Text.format(
                    "%s answers for %s of %s at %s with commit %s and size %s; is HF_ENDPOINT a hub?",
                    endpoint, name, spec, revision, commit.orElse("none"), size.orElse("none")));
        }
        String etag = header(hops, LINKED_ETAG).or(() -> last.headers().firstValue("ETag")).orElse("");
        return Optional.of(new RemoteFile(
                name, commit.get(), etag.replaceFirst("^W/", "").replace("\"", ""), Long.parseLong(size.get())));
    }

    /**
     * Opens a file's content; the caller closes the body.
     *
     * <p>No If-Range: the store's ETag differs from the hub's, and a commit's file can't change.
     *
     * @param from the first byte that is wanted
     * @return an answer with status 200 (the whole file) or 206 (from that byte on)
     */
    HttpResponse<InputStream> get(RemoteFile file, long from) throws IOException, InterruptedException {
        List<HttpResponse<InputStream>> hops =
                follow("GET", file.commit(), file.name(), from, BodyHandlers.ofInputStream());
        HttpResponse<InputStream> last = hops.get(hops.size() - 1);
        if (last.statusCode() != 200 && last.statusCode() != 206) {
            last.body().close();
            throw HubErrors.of(spec, last, token != null);
        }
        return last;
    }

    /**
     * Returns all answers; the last is no redirect, or for HEAD the redirect by which the hub has described the file.
     */
    private <T> List<HttpResponse<T>> follow(
            String method, String revision, String name, long from, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        List<HttpResponse<T>> hops = new ArrayList<>();
        URI at = URI.create(Text.format("%s/%s/%s/resolve/%s/%s", endpoint, spec.owner(), spec.name(), revision, name));
        while (hops.size() <= MAX_REDIRECTS) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .timeout(ANSWER)
                    // Compressed, a file's size would not be its size.
                    .header("Accept-Encoding", "identity");
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            if (token != null && isHub(at)) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<T> response = http.send(request.build(), handler);
            hops.add(response);
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return hops;
            }
            if (response.body() instanceof Closeable body) {
                body.close();
            }
            at = target(at, location.get());
            if (method.equals("HEAD") && !isHub(at) && header(hops, LINKED_SIZE).isPresent()) {
                return hops;
            }
        }
        throw new EncoderException(Text.format(
                "%s redirects %s of %s without end: %s redirects, the last to %s",
                endpoint, name, spec, hops.size(), at.getHost()));
    }

    /** Returns the address of a redirect; https may redirect to https only. */
    static URI target(URI from, String location) throws EncoderException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new EncoderException(Text.format("%s redirects to \"%s\", which is no address", from, location), e);
        }
        boolean allowed = "https".equals(to.getScheme())
                || "http".equals(to.getScheme()) && "http".equals(from.getScheme());
        if (!allowed || to.getHost() == null) {
            throw new EncoderException(Text.format("%s redirects to %s, which is not https", from, location));
        }
        return to;
    }

    private boolean isHub(URI uri) {
        return uri.getScheme().equals(endpoint.getScheme())
                && uri.getHost().equalsIgnoreCase(endpoint.getHost())
                && uri.getPort() == endpoint.getPort();
    }

    private static <T> Optional<String> header(List<HttpResponse<T>> hops, String name) {
        return hops.stream().flatMap(hop -> hop.headers().firstValue(name).stream()).findFirst();
    }
}
