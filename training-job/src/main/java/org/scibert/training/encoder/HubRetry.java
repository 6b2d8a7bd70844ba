package org.scibert.training.encoder;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.scibert.io.Text;

/**
 * Repeats a request after lost connections and temporary errors, waiting 1, 2, 4 s in between.
 *
 * @param options whose pause and listener are used
 */
record HubRetry(EncoderOptions options) {
    /**
     * Failures in a row that end the retries; an attempt that got further than the one before starts the count anew.
     */
    private static final int ATTEMPTS = 4;

    /** The hub gave no answer, however often it was asked. */
    static final class UnreachableException extends EncoderException {
        private static final long serialVersionUID = 1L;

        UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A request that may fail for now (any IOException) or for good (an EncoderException or FileSystemException). */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * Runs the attempt until it succeeds.
     *
     * @param what is tried, for messages
     * @param progress tells how far the attempts have come
     * @throws UnreachableException after the last attempt
     */
    <T> T run(String what, LongSupplier progress, Attempt<T> attempt) throws IOException {
        int failures = 0;
        while (true) {
            long before = progress.getAsLong();
            try {
                return attempt.run();
            } catch (EncoderException | FileSystemException e) {
                throw e;
            } catch (IOException e) {
                failures = progress.getAsLong() > before ? 1 : failures + 1;
                if (failures == ATTEMPTS) {
                    URI endpoint = options.endpoint();
                    throw new UnreachableException(Text.format(
                            "%s: %s gave no usable answer %s times in a row, at last: %s. "
                                    + "Check HF_ENDPOINT and the network, or use a folder or \"%s\" as encoder",
                            what, endpoint, ATTEMPTS, reason(e), Encoder.EMBEDDED), e);
                }
                Duration pause = Duration.ofSeconds(1L << failures - 1);
                options.listener().message(
                        Text.format("%s: %s; trying again in %s s", what, reason(e), pause.toSeconds()));
                sleep(what, pause);
            } catch (InterruptedException e) {
                throw interrupted(what, e);
            }
        }
    }

    private void sleep(String what, Duration pause) throws InterruptedIOException {
        try {
            options.pause().lasting(pause);
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    /** The exceptions of refused connections and unknown hosts have no message. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static InterruptedIOException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException e = new InterruptedIOException("interrupted: " + what);
        e.initCause(cause);
        return e;
    }
}
