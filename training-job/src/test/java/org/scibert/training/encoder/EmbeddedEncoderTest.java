package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.Activation;
import org.scibert.network.EncoderConfig;
import org.scibert.network.WeightNames;
import org.scibert.weights.Tensor;

class EmbeddedEncoderTest {
    /** Over the tensors, in order, that an independent converter in Python made of the same ONNX file. */
    private static final String WEIGHTS_SHA256 =
            "2dede00453eceea79eada424e78bfb0781b6782325a848152ada78b1b3aa4aef";

    @TempDir
    private static Path cache;

    private static Encoder encoder;

    @BeforeAll
    static void open() throws Exception {
        encoder = Encoder.open(Encoder.EMBEDDED, new EncoderOptions(
                cache, URI.create("http://localhost"), null, EncoderOptions.Listener.SILENT, duration -> {}));
    }

    @Test
    void itIsTheSameInEveryLocale(@TempDir Path other) throws Exception {
        Locale before = Locale.getDefault();
        try {
            for (String language : List.of("ar-SA", "fa-IR", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(language));
                Encoder found = Encoder.open(Encoder.EMBEDDED, new EncoderOptions(
                        other, URI.create("http://localhost"), null, EncoderOptions.Listener.SILENT, duration -> {}));
                assertThat(found.config()).isEqualTo(encoder.config());
                assertThat(found.digest()).isEqualTo(encoder.digest());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void isMiniLmWithSixLayers() {
        assertThat(encoder.config()).isEqualTo(
                new EncoderConfig(6, 12, 384, 1536, 30522, 512, 2, 1e-12, Activation.GELU, 0.1, 0.1, 0));
        assertThat(encoder.weights().keySet())
                .containsExactlyElementsOf(WeightNames.ofEncoder(encoder.config()).keySet());
        assertThat(encoder.weights().values()).allMatch(t -> t.data().isDirect());
        assertThat(encoder.digest())
                .isEqualTo("759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e");
        assertThat(encoder.revision()).isEqualTo("sha256:" + encoder.digest());
    }

    @Test
    void weightsEqualThoseOfAnIndependentConverter() throws Exception {
        assertThat(value("embeddings.word_embeddings.weight", 101, 3)).isEqualTo(-0.08691827f);
        assertThat(value("encoder.layer.0.attention.self.query.weight", 1, 2)).isEqualTo(0.07590459f);
        assertThat(value("encoder.layer.3.intermediate.dense.weight", 1000, 7)).isEqualTo(0.03251407f);
        assertThat(value("encoder.layer.5.output.dense.weight", 7, 1000)).isEqualTo(-0.038076736f);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        encoder.weights().values().forEach(tensor -> digest.update(tensor.data()));
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(WEIGHTS_SHA256);
    }

    @Test
    void tokenizerIsInItsFolderAlone() throws Exception {
        assertThat(encoder.tokenizerFolder()).startsWith(cache).isDirectoryContaining(
                file -> file.endsWith("tokenizer.json") && file.toFile().length() == 711_661);
        try (var files = Files.list(encoder.tokenizerFolder())) {
            assertThat(files).hasSize(1);
        }
    }

    private static float value(String name, int row, int column) {
        Tensor tensor = encoder.weights().get("bert." + name);
        return tensor.data().asFloatBuffer().get((int) (row * tensor.shape()[1]) + column);
    }
}
