package org.scibert.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectStoresTest {
    private static final Map<String, String> SERVER = Map.of("S3_ENDPOINT", "http://127.0.0.1:9000");

    @ParameterizedTest
    @CsvSource({
        "file:/srv/models, file:/srv/models",
        "file:///srv/models/, file:/srv/models",
        "file:/srv/my models, file:/srv/my models",
        "s3://models, s3://models",
        "s3://models/, s3://models",
        "s3://models/team/x, s3://models/team/x",
        "s3://models/team/x/, s3://models/team/x"
    })
    void anAddressOpensItsStore(String address, String uri) {
        try (ObjectStore store = ObjectStores.open(address, SERVER)) {
            assertThat(store.uri()).isEqualTo(uri);
        }
    }

    @Test
    void aRelativeFolderIsOfTheWorkingDirectory() {
        try (ObjectStore store = ObjectStores.open("file:store", Map.of())) {
            assertThat(store.uri()).isEqualTo("file:" + Path.of("store").toAbsolutePath());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', file:PATH or s3://BUCKET/PREFIX",
        "models, 'file:models for that folder, or s3://BUCKET/PREFIX'",
        "/srv/models, 'file:/srv/models for that folder, or s3://BUCKET/PREFIX'",
        "gs://models, file:PATH or s3://BUCKET/PREFIX",
        "https://models, file:PATH or s3://BUCKET/PREFIX",
        "s3:models, file:PATH or s3://BUCKET/PREFIX",
        "file:, file:PATH or s3://BUCKET/PREFIX",
        "file://host/models, file:PATH or s3://BUCKET/PREFIX",
        "S3://models/x, lower case: s3://models/x",
    })
    void anyOtherAddressIsRefusedWithWhatWasProbablyMeant(String address, String suggestion) {
        assertThatThrownBy(() -> ObjectStores.open(address, SERVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" is not the address of a store; use %s", address, suggestion);
    }

    @ParameterizedTest
    @CsvSource({"s3://bk/pre, bk", "s3://, ''", "s3:///x, ''", "s3://My_Bucket, My_Bucket", "s3://-models/x, -models"})
    void aBucketsNameIsRefusedAsThat(String address, String bucket) {
        assertThatThrownBy(() -> ObjectStores.open(address, SERVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"%s\" names the bucket \"%s\"; a bucket's name has 3 to 63", address, bucket);
    }

    @Test
    void aPrefixThatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> ObjectStores.open("s3://models/../x", SERVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"../x\" cannot name an object");
    }

    @Test
    void theEndpointIsTheMostParticularVariable() {
        Map<String, String> environment = new HashMap<>();
        assertThat(S3Options.of(environment).endpoint()).isEmpty();
        environment.put("AWS_ENDPOINT_URL", "http://c");
        assertThat(S3Options.of(environment).endpoint()).contains(URI.create("http://c"));
        environment.put("AWS_ENDPOINT_URL_S3", "http://b");
        assertThat(S3Options.of(environment).endpoint()).contains(URI.create("http://b"));
        environment.put("S3_ENDPOINT", " ");
        assertThat(S3Options.of(environment).endpoint()).contains(URI.create("http://b"));
        environment.put("S3_ENDPOINT", " http://a ");
        assertThat(S3Options.of(environment).endpoint()).contains(URI.create("http://a"));
    }

    @Test
    void pathStyleFollowsTheEndpointUnlessSaid() {
        assertThat(S3Options.of(Map.of()).pathStyle()).isFalse();
        assertThat(S3Options.of(SERVER).pathStyle()).isTrue();
        assertThat(S3Options.of(Map.of("S3_ENDPOINT", "http://a", "S3_PATH_STYLE", "false")).pathStyle()).isFalse();
        assertThat(S3Options.of(Map.of("S3_PATH_STYLE", "true")).pathStyle()).isTrue();
        assertThat(S3Options.of(Map.of("S3_PATH_STYLE", " ")).pathStyle()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "S3_ENDPOINT, localhost:9000",
        "AWS_ENDPOINT_URL, ftp://a",
        "S3_ENDPOINT, http://",
        "S3_ENDPOINT, http://a/{b}",
        "S3_PATH_STYLE, yes"
    })
    void aVariableThatMeansNothingIsNamed(String variable, String value) {
        assertThatThrownBy(() -> S3Options.of(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("%s is \"%s\"; use ", variable, value);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new S3Options(Optional.empty(), false, 0, 4)).hasMessageContaining("is 0");
        assertThatThrownBy(() -> new S3Options(Optional.empty(), false, 1, 65)).hasMessageContaining("1 to 64, is 65");
    }

    @Test
    void aStoreOpenedByItsAddressIsUsable(@TempDir Path folder) throws Exception {
        try (ObjectStore store = ObjectStores.open("file:" + folder, Map.of())) {
            store.create(new ObjectKey("a"), "one".getBytes(UTF_8));
        }
        assertThat(folder.resolve("a")).hasContent("one");
    }
}
