package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.Activation;
import org.scibert.network.EncoderConfig;
import org.scibert.network.WeightNames;
import org.scibert.weights.Tensor;

class EmbeddedEncoderTest {
    /** Over model.safetensors as an independent converter in Python wrote it from the same ONNX file. */
    private static final String WEIGHTS_SHA256 =
            "2dede00453eceea79eada424e78bfb0781b6782325a848152ada78b1b3aa4aef";

    @TempDir
    private Path cache;

    private Encoder open() throws Exception {
        return Encoders.open(Encoders.EMBEDDED, new EncoderOptions(
                cache, URI.create("http://localhost"), null, DownloadListener.SILENT, duration -> {}));
    }

    @Test
    void isMiniLmWithSixLayers() throws Exception {
        Encoder encoder = open();
        assertThat(encoder.config()).isEqualTo(
                new EncoderConfig(6, 12, 384, 1536, 30522, 512, 2, 1e-12, Activation.GELU, 0.1, 0.1, 0));
        assertThat(encoder.weights().keySet()).containsExactlyElementsOf(WeightNames.ofEncoder(encoder.config()).keySet());
        assertThat(encoder.weights().values()).allMatch(t -> t.data().isDirect());
        assertThat(encoder.digest())
                .isEqualTo("759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e");
        assertThat(encoder.revision()).isEqualTo("sha256:" + encoder.digest());
    }

    @Test
    void weightsEqualThoseOfAnIndependentConverter() throws Exception {
        Encoder encoder = open();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Tensor tensor : encoder.weights().values()) {
            digest.update(tensor.data());
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(WEIGHTS_SHA256);
    }

    @Test
    void tokenizerIsWrittenOnce() throws Exception {
        Path tokenizer = open().tokenizerFolder().resolve("tokenizer.json");
        assertThat(tokenizer).startsWith(cache).hasSize(711_661);
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(tokenizer, longAgo);
        open();
        assertThat(Files.getLastModifiedTime(tokenizer)).isEqualTo(longAgo);
        Files.writeString(tokenizer, "{}");
        open();
        assertThat(tokenizer).hasSize(711_661);
        try (var files = Files.list(tokenizer.getParent())) {
            assertThat(files).containsExactly(tokenizer);
        }
    }
}
