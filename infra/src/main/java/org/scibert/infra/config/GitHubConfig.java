package org.scibert.infra.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which workflows may act in the account.
 *
 * @param repository OWNER/NAME
 * @param ownerId the owner's number, which a name taken over by somebody else doesn't have; empty if unknown
 * @param repositoryId the repository's number; given if and only if ownerId is
 * @param environment GitHub's deployment environment; its protection rules (approval, branches) are the gate
 * @param providerArn GitHub's OIDC provider, if the account has it already: an account holds only one
 */
public record GitHubConfig(String repository, Optional<String> ownerId, Optional<String> repositoryId,
        String environment, Optional<String> providerArn) {

    public GitHubConfig {
        Check.form("github.repository", repository, "[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}", "octocat/my-repo");
        ownerId.ifPresent(id -> Check.form("github.owner-id", id, "\\d{1,20}", "123456"));
        repositoryId.ifPresent(id -> Check.form("github.repository-id", id, "\\d{1,20}", "456789"));
        Check.that(ownerId.isPresent() == repositoryId.isPresent(), "github.owner-id and github.repository-id belong "
                + "together; `gh api repos/%s --jq '.owner.id, .id'` prints both", repository);
        Check.form("github.environment", environment, "[A-Za-z0-9_-]{1,64}", "production");
        providerArn.ifPresent(arn -> Check.form("github.provider-arn", arn,
                "arn:aws[a-z-]*:iam::\\d{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com",
                "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"));
    }

    static GitHubConfig of(Settings settings) {
        return new GitHubConfig(
                settings.required("github.repository", "the repository whose workflows deploy, OWNER/NAME"),
                settings.text("github.owner-id"),
                settings.text("github.repository-id"),
                settings.text("github.environment").orElse("production"),
                settings.text("github.provider-arn"));
    }

    /**
     * The subjects of the tokens that GitHub signs for this repository and environment. Repositories made since
     * 15 July 2026 have both numbers in theirs, older ones only the names.
     */
    public List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        subjects.add(String.format(Locale.ROOT, "repo:%s:environment:%s", repository, environment));
        if (ownerId.isPresent()) {
            String[] names = repository.split("/");
            subjects.add(String.format(Locale.ROOT, "repo:%s@%s/%s@%s:environment:%s",
                    names[0], ownerId.get(), names[1], repositoryId.orElseThrow(), environment));
        }
        return List.copyOf(subjects);
    }
}
