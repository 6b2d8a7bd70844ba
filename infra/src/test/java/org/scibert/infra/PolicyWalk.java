package org.scibert.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at every statement of every policy in a template, wherever it stands, and at whatever else lets somebody in.
 *
 * <p>What it lets pass beyond the rule is listed here, each with its reason, and nowhere else.
 */
final class PolicyWalk {
    /** Every action of the services in use, and whether AWS lets a policy name resources for it. */
    private static final Map<String, Boolean> TAKES_RESOURCES = actions();
    /** Actions that are allowed on "*" though they take resources. */
    private static final Map<String, String> ON_EVERYTHING = Map.of(
            "cloudwatch:DescribeAlarms", "a search by name, which CodeDeploy and CloudFormation make over all alarms");
    /** Resources of AWS's own that carry no name of ours. */
    private static final Set<String> AWS_OWN = Set.of(
            "arn:aws:codedeploy:eu-west-1:111122223333:deploymentconfig:CodeDeployDefault.Lambda*");
    private static final Map<String, String> MANAGED_POLICIES = Map.of(
            "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
            "the container service's own contract with its machines; it changes with the agent");

    private final String project;
    private final boolean open;
    private final List<String> findings = new ArrayList<>();

    private PolicyWalk(String project, boolean open) {
        this.project = project;
        this.open = open;
    }

    /**
     * What is wrong with a template.
     *
     * @param open whether anybody may call the function
     */
    static List<String> findings(JsonNode template, String project, boolean open) {
        PolicyWalk walk = new PolicyWalk(project, open);
        template.get("Resources").properties()
                .forEach(resource -> walk.resource(resource.getKey(), resource.getValue()));
        return walk.findings;
    }

    private void resource(String id, JsonNode resource) {
        JsonNode properties = resource.path("Properties");
        for (JsonNode document : properties.findParents("Statement")) {
            for (JsonNode statement : many(document.get("Statement"))) {
                statement(id, statement);
            }
        }
        for (String policy : texts(properties.path("ManagedPolicyArns"))) {
            if (!MANAGED_POLICIES.containsKey(policy)) {
                find(id, "has the managed policy " + policy);
            }
        }
        switch (resource.path("Type").asText()) {
            case "AWS::Lambda::Permission" -> permission(id, properties);
            case "AWS::Lambda::Url" -> url(id, properties);
            case "AWS::S3::Bucket" -> bucket(id, properties);
            case "AWS::EC2::SecurityGroup" -> {
                if (properties.path("SecurityGroupIngress").size() > 0) {
                    find(id, "lets somebody in");
                }
            }
            case "AWS::EC2::SecurityGroupIngress" -> find(id, "lets somebody in");
            default -> { }
        }
    }

    private void statement(String id, JsonNode statement) {
        Stream.of("NotAction", "NotResource", "NotPrincipal").filter(statement::has)
                .forEach(key -> find(id, "says what it leaves out and not what it means: " + key));
        if (statement.path("Effect").asText().equals("Deny")) {
            return;
        }
        principals(id, statement);
        List<String> actions = texts(statement.path("Action"));
        actions.stream().filter(action -> action.contains("*")).forEach(action -> find(id, "allows " + action));
        List<String> named = actions.stream().filter(action -> !action.contains("*")).toList();
        named.stream().filter(action -> !TAKES_RESOURCES.containsKey(action))
                .forEach(action -> find(id, "allows %s, which AWS does not know".formatted(action)));
        for (String resource : texts(statement.path("Resource"))) {
            if (resource.equals("*")) {
                named.stream().filter(action -> TAKES_RESOURCES.getOrDefault(action, true)
                                && !ON_EVERYTHING.containsKey(action))
                        .forEach(action -> find(id, "allows %s on everything".formatted(action)));
                continue;
            }
            named.stream().filter(action -> !TAKES_RESOURCES.getOrDefault(action, true))
                    .forEach(action -> find(id, "allows %s on a resource, and AWS takes only \"*\" for it"
                            .formatted(action)));
            if (!ours(resource) && !AWS_OWN.contains(resource)) {
                find(id, "allows %s on %s, which is not %s's".formatted(actions, resource, project));
            }
        }
    }

    /** Everything of ours begins with the project's name, after a path or type such as {@code role/}. */
    private boolean ours(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length == 6 && parts[5].matches(
                "([A-Za-z-]+[:/])?/?" + project + "[-/].*");
    }

    private void principals(String id, JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        List<String> all = principal.isTextual() ? List.of(principal.asText())
                : principal.valueStream().flatMap(p -> texts(p).stream()).toList();
        for (String one : all) {
            boolean service = texts(principal.path("Service")).contains(one) && one.endsWith(".amazonaws.com");
            boolean github = texts(principal.path("Federated")).contains(one)
                    && !statement.at("/Condition/StringEquals/token.actions.githubusercontent.com:sub").isMissingNode();
            if (!service && !github) {
                find(id, "lets in " + one);
            }
        }
    }

    private void permission(String id, JsonNode permission) {
        boolean byUrl = permission.path("FunctionUrlAuthType").asText().equals("NONE")
                || permission.path("InvokedViaFunctionUrl").asBoolean();
        // A gateway of this account, which looks at its callers' tokens first.
        boolean byGateway = permission.path("Principal").asText().equals("apigateway.amazonaws.com")
                && permission.path("SourceArn").asText().matches("arn:aws:execute-api:[a-z0-9-]+:\\d{12}:\\w+/\\*")
                && permission.path("FunctionName").asText().endsWith(":live");
        if (!byGateway && (!open || !byUrl)) {
            find(id, "lets %s call the function".formatted(permission.path("Principal").asText()));
        }
    }

    private void url(String id, JsonNode url) {
        if (!open && !url.path("AuthType").asText().equals("AWS_IAM")) {
            find(id, "is an address for everybody");
        }
    }

    private void bucket(String id, JsonNode bucket) {
        JsonNode block = bucket.path("PublicAccessBlockConfiguration");
        if (block.size() != 4 || block.valueStream().anyMatch(value -> !value.asBoolean())) {
            find(id, "may be made public");
        }
    }

    private static Map<String, Boolean> actions() {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/iam-actions.tsv"))) {
            return lines.filter(line -> !line.startsWith("#")).map(line -> line.split("\t"))
                    .collect(Collectors.toMap(fields -> fields[0], fields -> fields[1].equals("yes")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void find(String id, String what) {
        findings.add(id + " " + what);
    }

    private static List<String> texts(JsonNode node) {
        return many(node).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> many(JsonNode node) {
        return node.isMissingNode() ? List.of() : node.isArray() ? node.valueStream().toList() : List.of(node);
    }
}
