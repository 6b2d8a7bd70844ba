package org.scibert.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Policy statements in one line each. */
public final class Policies {
    private Policies() {}

    /** @param sid what the statement is for, as a name */
    public static PolicyStatement allow(String sid, List<String> actions, String... resources) {
        return PolicyStatement.Builder.create().sid(sid).actions(actions).resources(List.of(resources)).build();
    }

    /** Reading one secret, to whose name Secrets Manager appends six characters of its own. */
    public static PolicyStatement readSecret(String sid, String name, Names names) {
        return allow(sid, List.of("secretsmanager:GetSecretValue"),
                names.arn("secretsmanager", "secret:" + name + "-??????"));
    }

    /** Passing one role to one service, and so to nothing that could use it for something else. */
    public static PolicyStatement pass(String sid, String roleArn, String service) {
        PolicyStatement statement = allow(sid, List.of("iam:PassRole"), roleArn);
        statement.addCondition("StringEquals", Map.of("iam:PassedToService", service));
        return statement;
    }

    /** Actions that AWS offers for all resources or none, such as signing in to a registry. */
    public static PolicyStatement allowWithoutResource(String sid, List<String> actions) {
        return allow(sid, actions, "*");
    }

    /** The services' own requests count only when made for this account. */
    public static Map<String, Object> inThisAccount() {
        return Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID));
    }
}
