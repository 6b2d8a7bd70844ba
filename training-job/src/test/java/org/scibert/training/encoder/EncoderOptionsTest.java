package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderOptionsTest {
    private static EncoderOptions of(Map<String, String> environment) {
        return EncoderOptions.ofEnvironment(environment, EncoderOptions.Listener.SILENT);
    }

    @Test
    void theHubIsHuggingFaceWithoutATokenUnlessTheEnvironmentSaysMore() {
        EncoderOptions options = of(Map.of("HOME", "/home/ada", "HF_TOKEN", " "));
        assertThat(options.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(options.token()).isNull();
        assertThat(options.cache()).isEqualTo(Path.of("/home/ada/.cache/scibert"));
    }

    @Test
    void theEnvironmentIsHeard() {
        EncoderOptions options = of(Map.of("HF_ENDPOINT", "https://mirror.example/hf//", "HF_TOKEN", "hf_abc\n",
                "XDG_CACHE_HOME", "/caches"));
        assertThat(options.endpoint()).isEqualTo(URI.create("https://mirror.example/hf"));
        assertThat(options.token()).isEqualTo("hf_abc");
        assertThat(options.cache()).isEqualTo(Path.of("/caches/scibert"));
        assertThat(of(Map.of("ENCODER_CACHE", "/c", "XDG_CACHE_HOME", "/x")).cache()).isEqualTo(Path.of("/c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huggingface.co", "ftp://huggingface.co", "https:", "https://a b", "https://h/?q=1",
        "mailto:x"})
    void anEndpointThatIsNoWebAddressIsRefused(String endpoint) {
        assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", endpoint))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HF_ENDPOINT ").hasMessageContaining(endpoint);
    }

    @Test
    void aTokenIsNeverShown() {
        assertThat(of(Map.of("HF_TOKEN", "hf_secret")).toString()).contains("token=set").doesNotContain("secret");
        assertThatThrownBy(() -> of(Map.of("HF_TOKEN", "hf secret"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HF_TOKEN holds 9 characters, among them one that no token has");
    }

    @Test
    void aBlankSpecIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> Encoder.open(" ", of(Map.of()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an encoder is a folder, hf:OWNER/NAME[@REVISION] or embedded; got none");
    }
}
