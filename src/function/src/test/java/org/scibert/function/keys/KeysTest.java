package org.scibert.function.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.signing.ApiKey;

class KeysTest {
    private static final String ALICE = ApiKey.of("alice", "a").entry();
    private static final String BOB = ApiKey.of("bob", "b").entry();

    @TempDir
    private Path folder;

    private long millis;

    @Test
    void withoutTheSettingNobodyIsAsked() {
        assertThat(keys(Optional.empty()).areAsked()).isFalse();
        assertThat(keys(Optional.of(ALICE)).areAsked()).isTrue();
    }

    @Test
    void aKeyThatIsTakenOutOfTheFileIsRevokedAfterTheRefresh() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), ALICE + "\n" + BOB);
        Keys keys = keys(Optional.of("file:" + file));
        assertThat(keys.nameOf("a")).contains("alice");

        Files.writeString(file, BOB);
        millis += 59_999;
        keys.lookIfDue();
        assertThat(keys.nameOf("a")).as("not due yet").contains("alice");
        millis += 1;
        keys.lookIfDue();

        assertThat(keys.nameOf("a")).isEmpty();
        assertThat(keys.nameOf("b")).contains("bob");
    }

    @Test
    void aFileThatIsEmptiedRevokesAllAndOneThatCanNotBeReadNone() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), ALICE);
        Keys keys = keys(Optional.of("file:" + file));

        Files.writeString(file, ALICE + ",broken");
        look(keys);
        assertThat(keys.nameOf("a")).contains("alice");
        Files.delete(file);
        look(keys);
        assertThat(keys.nameOf("a")).contains("alice");
        Files.writeString(file, "");
        look(keys);
        assertThat(keys.areAsked()).isTrue();
        assertThat(keys.nameOf("a")).isEmpty();
    }

    @Test
    void eachNameHasABudgetWhateverItsKeys() {
        Keys keys = new Keys(new KeySettings(Optional.of(ALICE + "," + BOB), Optional.of(2), Duration.ofMinutes(1)),
                () -> Instant.ofEpochMilli(millis));

        assertThat(keys.take("alice", 2)).isZero();
        assertThat(keys.take("alice", 1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(keys.take("bob", 2)).isZero();
        keys.giveBack("alice", 1);
        assertThat(keys.take("alice", 1)).isZero();
        assertThat(keys(Optional.of(ALICE)).take("alice", 1_000_000)).as("without a limit").isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "alice | API_KEYS entry 1 is not NAME:DIGEST",
        "',' | API_KEYS holds no key; make one with training-job keys new NAME, or unset it",
        "file:nowhere/keys | API_KEYS (file:nowhere/keys) can't be read (nowhere/keys does not exist)"})
    void aStartWithoutReadableKeysIsRefused(String value, String message) {
        assertThatThrownBy(() -> keys(Optional.of(value))).isInstanceOf(ConfigurationException.class)
                .hasMessage("The function does not start: " + message);
    }

    @Test
    void settingsOfKeysAreRefusedByName() {
        assertThat(settings(Map.of("api.keys", " "))).isEqualTo(
                new KeySettings(Optional.empty(), Optional.empty(), Duration.ofMinutes(1)));
        assertThat(settings(Map.of("api.keys", ALICE, "api.keys.texts-per-minute", "600", "api.keys.refresh", "5S")))
                .isEqualTo(new KeySettings(Optional.of(ALICE), Optional.of(600), Duration.ofSeconds(5)));
        assertThatThrownBy(() -> settings(Map.of("api.keys", ALICE, "api.keys.texts-per-minute", "0")))
                .hasMessageContaining("API_KEYS_TEXTS_PER_MINUTE must be a whole number from 1 to 1000000, is \"0\"");
        assertThatThrownBy(() -> settings(Map.of("api.keys.texts-per-minute", "600")))
                .hasMessageContaining("API_KEYS_TEXTS_PER_MINUTE limits the holders of keys, and there are none");
        assertThatThrownBy(() -> settings(Map.of("api.keys", ALICE, "api.keys.refresh", "10ms")))
                .hasMessageContaining("API_KEYS_REFRESH must be a time from 1S to 86400S");
    }

    private static KeySettings settings(Map<String, String> values) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder();
        values.forEach(config::withDefaultValue);
        return new KeySettings(config.build());
    }

    private void look(Keys keys) {
        millis += 60_000;
        keys.lookIfDue();
    }

    private Keys keys(Optional<String> value) {
        return new Keys(new KeySettings(value, Optional.empty(), Duration.ofMinutes(1)),
                () -> Instant.ofEpochMilli(millis));
    }
}
