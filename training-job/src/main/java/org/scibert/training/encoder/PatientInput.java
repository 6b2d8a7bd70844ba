package org.scibert.training.encoder;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.scibert.io.Text;

/**
 * Reads a stream with a limit on the time without a byte; the JDK's HTTP client has none once the headers have come.
 *
 * <p>Owns the stream and one thread; both end with {@link #close}.
 */
final class PatientInput implements Closeable {
    private final InputStream in;
    private final Duration silence;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "download");
        thread.setDaemon(true);
        return thread;
    });

    PatientInput(InputStream in, Duration silence) {
        this.in = in;
        this.silence = silence;
    }

    /** Returns how many bytes were read into the buffer; -1 at the end. */
    int read(byte[] buffer) throws IOException, InterruptedException {
        Future<Integer> read = reader.submit(() -> in.read(buffer));
        try {
            return read.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(Text.format("no byte for %s s", silence.toSeconds()));
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        reader.shutdownNow();
        in.close();
    }
}
