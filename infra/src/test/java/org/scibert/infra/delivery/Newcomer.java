package org.scibert.infra.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scibert.infra.TestTemplates;

/**
 * Does what somebody new does: runs the commands of infra/README.md as they stand there, and the workflows' shell steps
 * as GitHub would, in a folder that looks like a clone, with one account behind all commands that reach the cloud.
 */
final class Newcomer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STUB = Path.of("src/test/resources/stubs/account");
    private static final Pattern BLOCK = Pattern.compile("(?m)^ *```bash\\n(.*?)^ *```$", Pattern.DOTALL);

    private final Path clone;
    private final Path cloud;
    private final Path commands;
    private final Map<String, String> variables = new HashMap<>();
    private String commit = "c0ffee";

    /** What a shell did. */
    record Run(int exit, String output) {}

    /** What a workflow did: the steps that ran, in their order, the summary, and how it ended. */
    record WorkflowRun(boolean green, List<String> steps, String summary, String output) {}

    Newcomer(Path folder) throws IOException {
        clone = Files.createDirectories(folder.resolve("clone"));
        cloud = Files.createDirectories(folder.resolve("cloud"));
        commands = Files.createDirectories(folder.resolve("commands"));
        for (String command : List.of("aws", "docker", "curl", "mvn", "java", "sudo", "sleep")) {
            Path copy = Files.copy(STUB, commands.resolve(command));
            if (!copy.toFile().setExecutable(true)) {
                throw new IOException(copy + " can't be made executable");
            }
        }
        for (String scripts : List.of(".github/scripts", "infra/scripts")) {
            Path copies = Files.createDirectories(clone.resolve(scripts));
            try (Stream<Path> files = Files.list(Scripts.REPOSITORY.resolve(scripts))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copies.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Files.createDirectories(cloud.resolve("templates"));
        for (String stack : List.of("foundation", "service", "training", "job", "screening", "gateway")) {
            Files.writeString(cloud.resolve("templates").resolve(stack), TestTemplates.raw(stack).toString());
        }
        Files.writeString(cloud.resolve("account.json"), """
                {"stacks":{},"changes":{},"failing":[],"images":{},"objects":{},"kept":[],"providers":[],"closed":[],
                 "answers":[],"types":["g5.xlarge","g4dn.xlarge"]}""");
    }

    void variable(String name, String value) {
        variables.put(name, value);
    }

    void pushes(String newCommit) {
        commit = newCommit;
    }

    JsonNode account() throws IOException {
        return JSON.readTree(cloud.resolve("account.json").toFile());
    }

    /** Lets the next change of a stack fail. */
    void fails(String stack) throws IOException {
        add("failing", stack);
    }

    void add(String list, String value) throws IOException {
        ObjectNode account = (ObjectNode) account();
        account.withArray(list).add(value);
        Files.writeString(cloud.resolve("account.json"), account.toString());
    }

    List<String> calls() throws IOException {
        return Files.readAllLines(cloud.resolve("calls"));
    }

    /** The commands that a section of infra/README.md tells to run, block by block. */
    static List<String> blocks(String section) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("\n## " + section);
        String text = readme.substring(start, readme.indexOf("\n## ", start + 1));
        Matcher blocks = BLOCK.matcher(text);
        List<String> found = new ArrayList<>();
        while (blocks.find()) {
            found.add(blocks.group(1));
        }
        return found;
    }

    /** A script in the administrator's shell. */
    Run shell(String script) throws IOException, InterruptedException {
        return run(script, Map.of("CALLER", "administrator", "AWS_REGION", "eu-west-1", "YES", "true"));
    }

    WorkflowRun workflow(String name, Map<String, String> inputs) throws IOException, InterruptedException {
        JsonNode workflow = new YAMLMapper().readTree(
                Scripts.REPOSITORY.resolve(".github/workflows/" + name + ".yml").toFile());
        Path summary = Files.createTempFile(cloud, "summary", ".md");
        Map<String, String> known = new HashMap<>();
        variables.forEach((key, value) -> known.put("vars." + key, value));
        inputs.forEach((key, value) -> known.put("inputs." + key, value));
        known.putAll(Map.of("github.repository", "octocat/papers", "github.sha", commit,
                "github.event.repository.visibility", "private", "cancelled()", "false"));
        List<String> steps = new ArrayList<>();
        StringBuilder output = new StringBuilder();
        boolean green = true;
        for (Map.Entry<String, JsonNode> job : workflow.get("jobs").properties()) {
            boolean needed = !job.getValue().has("needs")
                    || job.getValue().path("if").asText().contains("cancelled()")
                    || known.get("needs." + job.getValue().get("needs").asText() + ".result").equals("success");
            Conditions conditions = new Conditions(key -> known.getOrDefault(key, ""));
            String result = "skipped";
            if (needed && conditions.holds(job.getValue().path("if").asText())) {
                result = job(job.getKey(), job.getValue(), known, summary, steps, output) ? "success" : "failure";
                green &= result.equals("success");
            }
            known.put("needs." + job.getKey() + ".result", result);
        }
        return new WorkflowRun(green, steps, Files.readString(summary), output.toString());
    }

    private boolean job(String name, JsonNode job, Map<String, String> outer, Path summary, List<String> steps,
            StringBuilder output) throws IOException, InterruptedException {
        Map<String, String> known = new HashMap<>(outer);
        Conditions conditions = new Conditions(key -> known.getOrDefault(key, ""));
        Map<String, String> environment = new LinkedHashMap<>();
        fill(job.path("env"), conditions, environment, known);
        boolean failed = false;
        for (JsonNode step : job.get("steps")) {
            String condition = step.path("if").asText();
            known.put("failure()", Boolean.toString(failed));
            if (failed && !condition.contains("failure()") || !conditions.holds(condition)) {
                continue;
            }
            String id = step.path("id").asText("none");
            if (step.has("uses")) {
                uses(step, conditions, environment, known);
                continue;
            }
            steps.add(name + ": " + step.path("name").asText(step.get("run").asText()));
            Map<String, String> here = new HashMap<>(environment);
            fill(step.path("env"), conditions, here, null);
            Path outputs = Files.createTempFile(cloud, "output", "");
            Path variablesAfter = Files.createTempFile(cloud, "env", "");
            here.putAll(Map.of("GITHUB_OUTPUT", outputs.toString(), "GITHUB_ENV", variablesAfter.toString(),
                    "GITHUB_STEP_SUMMARY", summary.toString(), "GITHUB_RUN_ID", "1", "POLL_SECONDS", "0"));
            // As GitHub runs it: `bash -e -o pipefail`.
            Run run = run("set -eo pipefail\n" + step.get("run").asText(), here);
            output.append(run.output());
            known.put("steps." + id + ".outcome", run.exit() == 0 ? "success" : "failure");
            pairs(outputs).forEach((key, value) -> known.put("steps." + id + ".outputs." + key, value));
            environment.putAll(pairs(variablesAfter));
            failed |= run.exit() != 0;
        }
        job.path("outputs").properties().forEach(o -> outer.put("needs." + name + ".outputs." + o.getKey(),
                conditions.fill(o.getValue().asText())));
        return !failed;
    }

    /** The actions whose effect the steps after them rely on. */
    private static void uses(JsonNode step, Conditions conditions, Map<String, String> environment,
            Map<String, String> known) {
        String action = step.get("uses").asText();
        if (action.startsWith("aws-actions/configure-aws-credentials")) {
            String role = conditions.fill(step.at("/with/role-to-assume").asText());
            environment.putAll(Map.of("CALLER", role.substring(role.lastIndexOf('-') + 1),
                    "AWS_REGION", conditions.fill(step.at("/with/aws-region").asText()), "AWS_ACCESS_KEY_ID", "key",
                    "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "token"));
        } else if (action.startsWith("aws-actions/amazon-ecr-login")) {
            known.put("steps.registry.outputs.registry", "111122223333.dkr.ecr.eu-west-1.amazonaws.com");
        }
    }

    private static void fill(JsonNode variables, Conditions conditions, Map<String, String> environment,
            Map<String, String> known) {
        variables.properties().forEach(variable -> {
            String value = conditions.fill(variable.getValue().asText());
            environment.put(variable.getKey(), value);
            if (known != null) {
                known.put("env." + variable.getKey(), value);
            }
        });
    }

    private static Map<String, String> pairs(Path file) throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            pairs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return pairs;
    }

    private Run run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile(cloud, "run", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(clone.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet()
                .removeIf(name -> name.matches("(AWS|GITHUB|INFRA)_.*|PROJECT|EXECUTION_ROLE|CI"));
        builder.environment().putAll(environment);
        builder.environment().put("CLOUD", cloud.toString());
        builder.environment().put("PATH", commands + ":" + System.getenv("PATH"));
        int exit = builder.start().waitFor();
        return new Run(exit, Files.readString(output));
    }
}
