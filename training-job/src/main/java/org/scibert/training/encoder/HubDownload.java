package org.scibert.training.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.scibert.io.FileDigest;
import org.scibert.io.Text;
import org.scibert.training.encoder.HubClient.RemoteFile;

/**
 * Downloads files, and goes on where an earlier attempt of this process or another stopped.
 *
 * @param client of the repository
 * @param retry decides on further attempts
 * @param listener hears of every piece
 * @param silence after which a connection counts as lost
 */
record HubDownload(HubClient client, HubRetry retry, EncoderOptions.Listener listener, Duration silence) {
    private static final int PIECE = 1 << 16;

    /**
     * Downloads a file into the folder. It has its name only once it is complete and verified.
     *
     * @throws EncoderException if the content is not what the hub announced
     */
    void fetch(RemoteFile file, Path folder) throws IOException {
        Path target = folder.resolve(file.name());
        if (Files.exists(target)) {
            return;
        }
        // The tag is part of the name: a partial file is only continued with the same content.
        Path part = folder.resolve(Text.format("%s.%s.part", file.name(), file.etag()));
        if (file.etag().isEmpty() || size(part) > file.bytes()) {
            Files.deleteIfExists(part);
        }
        retry.run("fetching " + file.name(), () -> size(part), () -> {
            append(file, part);
            return part;
        });
        verify(file, part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void append(RemoteFile file, Path part) throws IOException, InterruptedException {
        long from = size(part);
        listener.progress(file.name(), from, file.bytes());
        if (from == file.bytes() && Files.exists(part)) {
            return;
        }
        HttpResponse<InputStream> response = client.get(file, from);
        boolean resumed = response.statusCode() == 206;
        try (PatientInput body = new PatientInput(response.body(), silence)) {
            String range = response.headers().firstValue("Content-Range").orElse("");
            if (resumed && !range.startsWith("bytes " + from + "-")) {
                throw new EncoderException(Text.format(
                        "%s: bytes from %s on were asked for, \"%s\" came; delete %s and try again",
                        file.name(), from, range, part));
            }
            copy(file, body, part, resumed ? from : 0);
        }
    }

    private void copy(RemoteFile file, PatientInput body, Path part, long from)
            throws IOException, InterruptedException {
        StandardOpenOption mode = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long bytes = from;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, mode)) {
            byte[] piece = new byte[PIECE];
            for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
                bytes += n;
                if (bytes > file.bytes()) {
                    break;
                }
                write(out, piece, n, part);
                listener.progress(file.name(), bytes, file.bytes());
            }
        }
        if (bytes > file.bytes()) {
            Files.delete(part);
            throw new EncoderException(
                    Text.format("%s: the hub announced %s bytes and sends more", file.name(), file.bytes()));
        }
        if (bytes < file.bytes()) {
            throw new IOException(Text.format("connection closed after %s of %s bytes", bytes, file.bytes()));
        }
    }

    /** A full disk ends the download: another attempt won't help. */
    private static void write(OutputStream out, byte[] piece, int n, Path part) throws EncoderException {
        try {
            out.write(piece, 0, n);
        } catch (IOException e) {
            throw new EncoderException(Text.format(
                    "%s can't be written (%s); make room, or set ENCODER_CACHE to another folder",
                    part, e.getMessage()), e);
        }
    }

    private static void verify(RemoteFile file, Path part) throws IOException {
        if (!file.hasSha256()) {
            return;
        }
        String digest = FileDigest.of(part).sha256();
        if (!digest.equals(file.etag())) {
            Files.delete(part);
            throw new EncoderException(Text.format(
                    "%s: the hub announced SHA-256 %s, but %s bytes with %s came; try again",
                    file.name(), file.etag(), file.bytes(), digest));
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
