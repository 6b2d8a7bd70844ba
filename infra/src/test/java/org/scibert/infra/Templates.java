package org.scibert.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

/** The templates that settings give, synthesized once for each set of settings. */
final class Templates {
    static final String DIGEST = "sha256:" + "a1b2c3d4".repeat(8);
    static final String VERSION = "20261122T145400Z-1a2b3c4d";
    static final String PUBLIC_KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    /** Signs and asks for signatures. */
    static final String[] SIGNED = {
        "MODEL_PUBLIC_KEY=" + PUBLIC_KEY, "TRAINING_SIGNING_KEY_SECRET=scibert/signing-key"
    };
    /** Public, and asks callers for keys. */
    static final String[] OPEN = {
        "FUNCTION_OPEN=true", "FUNCTION_CONCURRENCY=50", "FUNCTION_KEYS_SECRET=scibert/api-keys",
        "FUNCTION_TEXTS_PER_MINUTE=600", "FUNCTION_CORS_ORIGINS=https://app.example.org, http://localhost:3000",
        "GATEWAY_JWT_ISSUER=", "GATEWAY_JWT_AUDIENCES="
    };
    /** Public without keys. */
    static final String[] OPEN_TO_ANYONE = {
        "FUNCTION_OPEN=true", "FUNCTION_CONCURRENCY=50", "FUNCTION_OPEN_TO_ANYONE=true"
    };
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Map<String, String>, Map<String, Template>> DONE = new ConcurrentHashMap<>();

    private Templates() {}

    /** @param settings as {@code FUNCTION_OPEN=true}, beside the three, both images, screening and gateway */
    static Map<String, Template> all(String... settings) {
        return DONE.computeIfAbsent(environment(settings), Templates::synthesize);
    }

    static Template of(String stack, String... settings) {
        return all(settings).get(stack);
    }

    static InfraConfig config(Map<String, String> environment) {
        try {
            return InfraConfig.read(Path.of("target/no-such-file"), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> environment(String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "INFRA_GITHUB_REPOSITORY", "octocat/papers", "INFRA_GITHUB_OWNER_ID", "123456",
                "INFRA_GITHUB_REPOSITORY_ID", "456789", "INFRA_ALERTS_EMAIL", "team@example.org",
                "INFRA_BUDGET_USD", "50", "INFRA_FUNCTION_IMAGE_DIGEST", DIGEST,
                "INFRA_TRAINING_IMAGE_DIGEST", DIGEST, "INFRA_SCREENING_ENABLED", "true"));
        environment.put("INFRA_GATEWAY_JWT_ISSUER", "https://login.example.org/team");
        environment.put("INFRA_GATEWAY_JWT_AUDIENCES", "classifier");
        for (String setting : settings) {
            environment.put("INFRA_" + setting.substring(0, setting.indexOf('=')),
                    setting.substring(setting.indexOf('=') + 1));
        }
        return environment;
    }

    static App app(Path output) {
        Node.require();
        return new App(AppProps.builder()
                .context(FeatureFlags.CONTEXT).outdir(output.toString()).analyticsReporting(false).build());
    }

    private static Map<String, Template> synthesize(Map<String, String> environment) {
        try {
            Path output = Files.createTempDirectory(Files.createDirectories(Path.of("target/templates")), "app");
            App app = app(output);
            InfraConfig config = config(environment);
            Map<String, Template> templates = new LinkedHashMap<>();
            var stacks = Stacks.build(app, config);
            app.synth();
            for (Stack stack : stacks) {
                Path file = output.resolve(stack.getTemplateFile());
                JsonNode json = JSON.readTree(file.toFile());
                templates.put(stack.getStackName().substring(config.project().length() + 1), new Template(file, json));
            }
            return templates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
