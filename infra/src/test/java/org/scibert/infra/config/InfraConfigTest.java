package org.scibert.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfraConfigTest {
    @TempDir
    Path folder;

    @Test
    void threeSettingsAreEnough() throws IOException {
        InfraConfig config = read(Map.of());

        assertThat(config.project()).isEqualTo("scibert");
        assertThat(config.model()).isEqualTo(new ModelConfig("scibert", Optional.empty(),
                Optional.of(Duration.ofMinutes(1)), Optional.empty()));
        assertThat(config.function().open()).isFalse();
        assertThat(config.function().provisioned()).isZero();
        assertThat(config.function().rollout()).isEqualTo(Rollout.CANARY);
        assertThat(config.training().encoder()).isEqualTo("hf:allenai/scibert_scivocab_uncased");
    }

    @ParameterizedTest
    @CsvSource({"github.repository,GITHUB_REPOSITORY", "alerts.email,ALERTS_EMAIL", "budget.usd,BUDGET_USD"})
    void eachOfTheThreeIsAskedForByName(String key, String variable) throws IOException {
        assertThatThrownBy(() -> read(Map.of("INFRA_" + variable, "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(key + " is missing")
                .hasMessageContaining("INFRA_" + variable);
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("settings.properties"),
                "function.memory-mb=4096\nfunction.log-days = 7 \nalerts.email=\n");

        InfraConfig config = InfraConfig.read(file, environment(Map.of("INFRA_FUNCTION_MEMORY_MB", "2048")));

        assertThat(config.function().memoryMb()).isEqualTo(2048);
        assertThat(config.function().logDays()).isEqualTo(7);
        assertThat(config.alertsEmail()).isEqualTo("team@example.org");
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNearestKnownOne() throws IOException {
        Path file = Files.writeString(folder.resolve("settings.properties"), "function.memory=4096\n");

        assertThatThrownBy(() -> InfraConfig.read(file, environment(Map.of())))
                .hasMessage("there is no setting function.memory; the nearest is function.memory-mb");
        assertThatThrownBy(() -> read(Map.of("INFRA_TRAINING_EPOCH", "3")))
                .hasMessage("there is no setting INFRA_TRAINING_EPOCH; the nearest is INFRA_TRAINING_EPOCHS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "FUNCTION_OPEN=true FUNCTION_KEYS_SECRET=scibert/api-keys | set function.concurrency",
            "FUNCTION_OPEN=true FUNCTION_CONCURRENCY=5 | function.open needs keys; set function.keys-secret",
            "FUNCTION_OPEN=true FUNCTION_CONCURRENCY=5 FUNCTION_OPEN_TO_ANYONE=true"
                    + " FUNCTION_KEYS_SECRET=scibert/api-keys | without function.keys-secret; remove one",
            "FUNCTION_OPEN_TO_ANYONE=true | function.open-to-anyone goes with function.open",
            "FUNCTION_OPEN=true FUNCTION_CONCURRENCY=5 FUNCTION_KEYS_SECRET=scibert/api-keys"
                    + " GATEWAY_JWT_ISSUER=https://login.example.org GATEWAY_JWT_AUDIENCES=classifier"
                    + " GATEWAY_PAGE=true | which the page can't send",
            "FUNCTION_CORS_ORIGINS=https://app.example.org | function.cors-origins needs function.open",
            "FUNCTION_OPEN=true FUNCTION_CONCURRENCY=5 FUNCTION_OPEN_TO_ANYONE=true FUNCTION_TEXTS_PER_MINUTE=60"
                    + " | set function.keys-secret too",
            "FUNCTION_OPEN=true FUNCTION_CONCURRENCY=5 FUNCTION_KEYS_SECRET=other/keys | names begin with \"scibert/\"",
            "MODEL_PUBLIC_KEY=MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
                    + " TRAINING_IMAGE_DIGEST=sha256:0000000000000000000000000000000000000000000000000000000000000000"
                    + " | set training.signing-key-secret",
            "TRAINING_SIGNING_KEY_SECRET=other/key | only secrets whose names begin with \"scibert/\"",
            "FUNCTION_PROVISIONED=3 FUNCTION_CONCURRENCY=2 | no more can be kept warm than may run",
            "MODEL_VERSION=20261122T145400Z-1a2b3c4d MODEL_REFRESH=PT1M | never looks at the pointer",
            "GITHUB_OWNER_ID=1 | belong together",
            "SCREENING_ENABLED=true SCREENING_CONCURRENCY=5 FUNCTION_CONCURRENCY=5 | would leave callers no place",
            "GATEWAY_JWT_ISSUER=https://login.example.org | gateway.jwt-issuer and gateway.jwt-audiences belong"
                    + " together",
            "GATEWAY_PAGE=true | gateway.jwt-issuer is missing",
            "GATEWAY_JWT_ISSUER=https://login.example.org GATEWAY_JWT_AUDIENCES=a GATEWAY_DOMAIN=classify.example.org"
                    + " | gateway.domain and gateway.certificate-arn belong together",
            "TRAINING_HF_TOKEN_SECRET=other/token | names begin with \"scibert/\""})
    void whatCannotGoTogetherIsRefusedWithASentence(String variables, String sentence) {
        assertThatThrownBy(() -> read(parse(variables)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "FUNCTION_MEMORY_MB=1024 | function.memory-mb is 1024; it must be 1769 to 10240",
            "MODEL_PUBLIC_KEY=abc | model.public-key is \"abc\"; write it like \"MCowBQYDK2VwAyEA",
            "FUNCTION_MEMORY_MB=big | function.memory-mb is \"big\"; write it like \"3008\"",
            "FUNCTION_TIMEOUT_SECONDS=901 | it must be 10 to 900",
            "FUNCTION_P99_MILLIS=60001 | it must be 1 to 60000",
            "FUNCTION_LOG_DAYS=8 | use one of [1, 3, 5, 7,",
            "FUNCTION_ARCHITECTURE=riscv | use one of [arm64, x86-64]",
            "FUNCTION_IMAGE_DIGEST=latest | function.image-digest is \"latest\"",
            "FUNCTION_KEYS_SECRET=a:b | write it like \"scibert/api-keys\"",
            "FUNCTION_CORS_ORIGINS=https://app.example.org,* | function.cors-origins is \"*\"; write it like"
                    + " \"https://app",
            "FUNCTION_TEXTS_PER_MINUTE=0 | it must be 1 to 1000000",
            "FUNCTION_OPEN=yes | write it like \"true\"",
            "MODEL_REFRESH=minute | write it like PT1M",
            "MODEL_REFRESH=PT5S | it must be 10 to 86400",
            "MODEL_VERSION=v1 | 20261122T145400Z-1a2b3c4d",
            "PROJECT=Sci_Bert | write it like \"scibert\"",
            "GITHUB_REPOSITORY=papers | octocat/my-repo",
            "GITHUB_ENVIRONMENT=a:b | production",
            "TRAINING_DATA_TRAIN=s3://elsewhere/rows | train.jsonl",
            "TRAINING_SCHEDULE=weekly | cron(0 3 ? * SUN *)",
            "TRAINING_MAX_TOKENS=513 | it must be 8 to 512",
            "TRAINING_INSTANCE_TYPES=t3.micro | g5.xlarge",
            "TRAINING_ZONES=7 | it must be 1 to 6",
            "TRAINING_LEARNING_RATE=fast | 2e-5",
            "GATEWAY_JWT_ISSUER=login.example.org GATEWAY_JWT_AUDIENCES=a | https://login.example.org/team",
            "GATEWAY_REQUESTS_PER_SECOND=0 | it must be 1 to 10000",
            "BUDGET_USD=0 | it must be 1 to 1000000"})
    void aValueOutOfItsRangeIsRefusedWithTheRange(String variables, String sentence) {
        assertThatThrownBy(() -> read(parse(variables)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aPinnedModelIsNotRefreshed() throws IOException {
        InfraConfig config = read(parse("MODEL_VERSION=20261122T145400Z-1a2b3c4d"));

        assertThat(config.model().refresh()).isEmpty();
    }

    @Test
    void bothFormsOfGitHubsSubjectAreKnown() throws IOException {
        assertThat(read(Map.of()).github().subjects()).containsExactly("repo:octocat/papers:environment:production");
        assertThat(read(parse("GITHUB_OWNER_ID=123456 GITHUB_REPOSITORY_ID=456789")).github().subjects())
                .containsExactly(
                "repo:octocat/papers:environment:production",
                "repo:octocat@123456/papers@456789:environment:production");
    }

    @Test
    void theReadmeNamesEverySetting() throws IOException {
        Settings settings = new Settings(folder.resolve("none"), environment(Map.of()));
        InfraConfig.read(settings);
        String readme = Files.readString(Path.of("README.md"));

        assertThat(settings.known()).hasSizeGreaterThan(30)
                .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
    }

    private InfraConfig read(Map<String, String> variables) throws IOException {
        return InfraConfig.read(folder.resolve("none"), environment(variables));
    }

    private static Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(Map.of("INFRA_GITHUB_REPOSITORY", "octocat/papers",
                "INFRA_ALERTS_EMAIL", "team@example.org", "INFRA_BUDGET_USD", "50", "PATH", "not ours"));
        all.putAll(variables);
        return all;
    }

    private static Map<String, String> parse(String variables) {
        Map<String, String> parsed = new HashMap<>();
        for (String pair : variables.split(" ")) {
            parsed.put("INFRA_" + pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return parsed;
    }
}
