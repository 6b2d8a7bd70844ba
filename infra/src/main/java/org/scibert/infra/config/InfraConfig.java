package org.scibert.infra.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that is chosen at deployment. Three settings have no default: who deploys, who is told, and how much may
 * be spent before somebody is told.
 *
 * @param project the prefix of every name in the account; a second copy (staging) takes another
 * @param alertsEmail who is told of alarms, failed jobs and the budget
 * @param budgetUsd monthly; a notice at 80 % spent and at 100 % foreseen, not a limit
 * @param github who may deploy
 * @param model which model answers
 * @param function the function
 * @param training the GPU job
 * @param screening screening of whole files
 * @param gateway an address for callers with tokens
 * @param watch what is watched of the answers
 */
public record InfraConfig(String project, String alertsEmail, int budgetUsd, GitHubConfig github, ModelConfig model,
        FunctionConfig function, TrainingConfig training, ScreeningConfig screening, GatewayConfig gateway,
        WatchConfig watch) {

    public InfraConfig {
        // Bucket names end at 63: the project's, "-models-", twelve digits of account and the longest region's 14.
        Check.form("project", project, "[a-z][a-z0-9-]{1,22}[a-z0-9]", "scibert");
        Check.form("alerts.email", alertsEmail, "[^@\\s]+@[^@\\s]+\\.[^@\\s]+", "team@example.org");
        Check.range("budget.usd", budgetUsd, 1, 1_000_000);
        function.concurrency().ifPresent(most -> Check.that(!screening.enabled() || screening.concurrency() < most,
                "screening.concurrency is %d and function.concurrency %d: screening would leave callers no place",
                screening.concurrency(), most));
        function.keysSecret().ifPresent(name -> ownSecret("function.keys-secret", name, project));
        Check.that(function.keysSecret().isEmpty() || !gateway.page(), "gateway.page lets people ask with a token, and"
                + " function.keys-secret wants a key beside it, which the page can't send; remove one of them");
        training.signingKeySecret().ifPresent(name -> ownSecret("training.signing-key-secret", name, project));
        training.hfTokenSecret().ifPresent(name -> ownSecret("training.hf-token-secret", name, project));
        Check.that(model.publicKey().isEmpty() || training.imageDigest().isEmpty()
                || training.signingKeySecret().isPresent(), "model.public-key asks for signed releases, and the job has"
                        + " no key to sign with; set training.signing-key-secret");
    }

    private static void ownSecret(String key, String name, String project) {
        Check.that(name.startsWith(project + "/"),
                "%s is \"%s\"; job and function may read only secrets whose names begin with \"%s/\"", key, name,
                project);
    }

    /**
     * Reads the settings.
     *
     * @param file properties; may be missing
     * @param environment whose {@code INFRA_} variables win over the file
     * @throws ConfigException if one is missing, unknown, out of range or in conflict with another
     */
    public static InfraConfig read(Path file, Map<String, String> environment) throws IOException {
        Settings settings = new Settings(file, environment);
        InfraConfig config = read(settings);
        settings.refuseUnknown();
        return config;
    }

    static InfraConfig read(Settings settings) {
        String project = settings.text("project").orElse("scibert");
        String email = settings.required("alerts.email", "who is told of alarms, failed jobs and the budget");
        settings.required("budget.usd", "the monthly sum in US dollars at which somebody is told");
        int budget = settings.integer("budget.usd", 0);
        return new InfraConfig(project, email, budget, GitHubConfig.of(settings), ModelConfig.of(settings),
                FunctionConfig.of(settings), TrainingConfig.of(settings), ScreeningConfig.of(settings),
                GatewayConfig.of(settings), WatchConfig.of(settings));
    }
}
