package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpecTest {
    @Test
    void ownerNameAndRevisionAreRead() {
        assertThat(HubSpec.parse("hf:allenai/scibert_scivocab_uncased"))
                .isEqualTo(new HubSpec("allenai", "scibert_scivocab_uncased", "main"));
        assertThat(HubSpec.parse("hf:BAAI/bge-small-en-v1.5@v1.0"))
                .isEqualTo(new HubSpec("BAAI", "bge-small-en-v1.5", "v1.0"));
    }

    @Test
    void onlyAFullCommitIsPinned() {
        assertThat(HubSpec.parse("hf:a/b@" + "0a".repeat(20)).pinned()).isTrue();
        assertThat(HubSpec.parse("hf:a/b@0a0a0a0").pinned()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf:", "hf:bert-base-uncased", "hf:a/b/c", "hf:../b", "hf:a/..", "hf:a/b@..",
        "hf:a/b@x/../y", "hf:a/b@", "hf:a/b@refs/pr/1", "hf:.a/b", "hf:a/b?x", "hf:a/b#x", "hf:a b/c", "hf:a/b\n",
        "hf:a--b/c", "hf:a/%2e%2e", "hf:a/b..c", "hf:@host/b"})
    void whatIsNoRepositoryIsRefusedWithAnExample(String spec) {
        assertThatThrownBy(() -> HubSpec.parse(spec)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" is not hf:OWNER/NAME[@REVISION], like hf:allenai/scibert_scivocab_uncased@main"
                        .formatted(spec));
    }

    @Test
    void redirectsLeadFromHttpsToHttpsOnly() throws EncoderException {
        URI from = URI.create("https://hub.example/a/b");
        assertThat(HubClient.target(from, "/c")).isEqualTo(URI.create("https://hub.example/c"));
        assertThat(HubClient.target(from, "https://store.example/c")).isEqualTo(URI.create("https://store.example/c"));
        for (String location : List.of("http://hub.example/c", "file:///etc/passwd", "https:opaque", "ftp://x/y")) {
            assertThatThrownBy(() -> HubClient.target(from, location)).isInstanceOf(EncoderException.class)
                    .hasMessage("https://hub.example/a/b redirects to %s, which is not https".formatted(location));
        }
        assertThatThrownBy(() -> HubClient.target(from, "https://a b")).isInstanceOf(EncoderException.class)
                .hasMessageContaining("\"https://a b\", which is no address");
    }
}
