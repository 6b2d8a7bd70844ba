package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check before traffic, run in Node.js as it is deployed, with stand-ins for AWS's SDK. */
class CheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "{\"name\":\"scibert\",\"version\":\"v1\"}";
    private static final String GOOD = "{\"results\":[{\"label\":\"other\",\"probability\":0.9,\"probabilities\":"
            + "{\"other\":0.9,\"objective\":0.1}}],\"model\":{\"name\":\"scibert\",\"version\":\"v1\"}}";

    @TempDir
    Path folder;

    @Test
    void aVersionThatAnswersGetsTraffic() throws Exception {
        JsonNode told = check(MODEL, GOOD, 0);

        assertThat(told.get("status").asText()).isEqualTo("Succeeded");
        assertThat(told.get("deploymentId").asText()).isEqualTo("d-1");
        assertThat(told.get("lifecycleEventHookExecutionId").asText()).isEqualTo("e-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'error':{'code':'not_ready'}} | good | 0", "{'errorMessage':'exited'} | good | 0",
            "{'name':'other','version':'v1'} | good | 0", "{'name':'scibert','version':'v2'} | good | 0",
            "model | {'results':[{'label':'x'}],'model':{'version':'v1'}} | 0",
            "model | {'results':[],'model':{'version':'v1'}} | 0",
            "model | {'results':[{'probabilities':{'a':1.5}}],'model':{'version':'v1'}} | 0",
            "model | {'results':[{'probabilities':{'a':0.5}}],'model':{'version':'v0'}} | 0",
            "model | {'error':{'code':'internal'}} | 0", "model | good | 9000"})
    void aVersionThatDoesNotGetsNone(String model, String answer, int millis) throws Exception {
        assertThat(check(model.equals("model") ? MODEL : model.replace('\'', '"'),
                answer.equals("good") ? GOOD : answer.replace('\'', '"'), millis).get("status").asText())
                .isEqualTo("Failed");
    }

    /** What CodeDeploy was told. Time passes only as given, in each answer. */
    private JsonNode check(String model, String answer, int millis) throws IOException, InterruptedException {
        Path sdk = folder.resolve("node_modules/@aws-sdk");
        write(sdk.resolve("client-codedeploy/index.js"), """
                exports.CodeDeployClient = class { async send(c) { process.stdout.write(JSON.stringify(c.input)); } };
                exports.PutLifecycleEventHookExecutionStatusCommand = class { constructor(i) { this.input = i; } };""");
        write(sdk.resolve("client-lambda/index.js"), """
                let now = 0;
                Date.now = () => now;
                exports.InvokeCommand = class { constructor(i) { this.input = i; } };
                exports.LambdaClient = class { async send(c) {
                  if (c.input.FunctionName !== "arn:new") throw new Error("asked another function");
                  now += Number(process.env.MILLIS);
                  const question = JSON.parse(c.input.Payload);
                  const payload = question.function === "model" ? process.env.MODEL : process.env.ANSWER;
                  return {Payload: Buffer.from(payload), FunctionError: payload.includes("errorMessage") && "Unhandled"};
                } };""");
        write(folder.resolve("index.js"), Templates.of("service")
                .named("AWS::Lambda::Function", "FunctionName", "scibert-check").at("/Code/ZipFile").asText());
        Path told = folder.resolve("told.json");
        ProcessBuilder node = new ProcessBuilder(System.getenv().getOrDefault("JSII_NODE", "node"), "-e",
                "require('./index.js').handler({DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1'})")
                .directory(folder.toFile()).redirectOutput(told.toFile());
        node.environment().putAll(Map.of("VERSION_ARN", "arn:new", "MODEL_NAME", "scibert",
                "MODEL_VERSION", "v1", "MOST_MILLIS", "5000", "MODEL", model, "ANSWER", answer,
                "MILLIS", Integer.toString(millis)));
        assertThat(node.start().waitFor()).isZero();
        String output = Files.readString(told);
        return JSON.readTree(output.substring(output.indexOf("{\"deploymentId")));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
