package org.scibert.infra.config;

import java.util.List;
import java.util.Optional;

/**
 * An address for callers who have a token of an identity provider and no AWS credentials.
 *
 * @param issuer of the tokens, an OpenID Connect provider's address; empty: there is no such address
 * @param audiences of which a token must name one
 * @param scopes of which a token must have one; empty: any token of the issuer for an audience will do
 * @param page whether the function's page can be loaded without a token; what it asks needs one all the same
 * @param domain a name of one's own for the address; empty: AWS's
 * @param certificateArn of the domain, in Certificate Manager in the same region; given if and only if the domain is
 * @param requestsPerSecond of all callers together; more are answered with 429
 */
public record GatewayConfig(Optional<String> issuer, List<String> audiences, List<String> scopes, boolean page,
        Optional<String> domain, Optional<String> certificateArn, int requestsPerSecond) {

    public GatewayConfig {
        issuer.ifPresent(address -> Check.form("gateway.jwt-issuer", address, "https://[^\\s,]+",
                "https://login.example.org/team"));
        Check.that(issuer.isPresent() == !audiences.isEmpty(),
                "gateway.jwt-issuer and gateway.jwt-audiences belong together: a token of that issuer that was made "
                        + "for another program must not open this one");
        Check.that(issuer.isPresent() || (scopes.isEmpty() && !page && domain.isEmpty()),
                "gateway.jwt-issuer is missing: without it there is no gateway, and its other settings mean nothing");
        domain.ifPresent(name -> Check.form("gateway.domain", name,
                "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}", "classify.example.org"));
        Check.that(domain.isPresent() == certificateArn.isPresent(), "gateway.domain and gateway.certificate-arn "
                + "belong together: Certificate Manager in the same region gives one for a domain that you can show"
                + " to be yours");
        certificateArn.ifPresent(arn -> Check.form("gateway.certificate-arn", arn,
                "arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[0-9a-f-]{36}",
                "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"));
        Check.range("gateway.requests-per-second", requestsPerSecond, 1, 10_000);
    }

    static GatewayConfig of(Settings settings) {
        return new GatewayConfig(
                settings.text("gateway.jwt-issuer"),
                settings.list("gateway.jwt-audiences", List.of()),
                settings.list("gateway.jwt-scopes", List.of()),
                settings.flag("gateway.page", false),
                settings.text("gateway.domain"),
                settings.text("gateway.certificate-arn"),
                settings.integer("gateway.requests-per-second", 20));
    }

    /** Whether there is one. */
    public boolean enabled() {
        return issuer.isPresent();
    }
}
