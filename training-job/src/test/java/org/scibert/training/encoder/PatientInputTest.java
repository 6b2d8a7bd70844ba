package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PatientInputTest {
    /** Gives nothing until it is closed. */
    private static final class Silent extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aStreamIsReadToItsEnd() throws Exception {
        byte[] buffer = new byte[4];
        InputStream three = new ByteArrayInputStream(new byte[] {1, 2, 3});
        try (PatientInput input = new PatientInput(three, Duration.ofMinutes(1))) {
            assertThat(input.read(buffer)).isEqualTo(3);
            assertThat(buffer).startsWith(1, 2, 3);
            assertThat(input.read(buffer)).isEqualTo(-1);
        }
    }

    @Test
    void silenceCountsAsALostConnection() throws Exception {
        try (PatientInput input = new PatientInput(new Silent(), Duration.ofMillis(1))) {
            assertThatThrownBy(() -> input.read(new byte[1])).isInstanceOf(HttpTimeoutException.class)
                    .hasMessageStartingWith("no byte for ");
        }
    }

    @Test
    void aFailureKeepsItsWords() throws Exception {
        Silent silent = new Silent();
        silent.close();
        try (PatientInput input = new PatientInput(silent, Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> input.read(new byte[1])).isInstanceOf(IOException.class).hasMessage("closed");
        }
    }
}
