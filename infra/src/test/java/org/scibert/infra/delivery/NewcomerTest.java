package org.scibert.infra.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an empty account to the first answer and back, by infra/README.md's commands and the workflows' steps. */
class NewcomerTest {
    private static final String FIRST = "20261125T120000Z-11111111";
    private static final String SECOND = "20261201T000000Z-22222222";
    private static final String START = "From an empty account";

    @TempDir
    Path folder;

    private Newcomer newcomer;

    @BeforeEach
    void empty() throws IOException {
        newcomer = new Newcomer(folder);
    }

    @Test
    void theReadmesOrderLeadsFromNothingToAnAnswerAndBack() throws Exception {
        for (String idle : List.of("deploy", "training-image", "rollback", "retrain", "candidate")) {
            Newcomer.WorkflowRun run = newcomer.workflow(idle, Map.of());
            assertThat(run.green()).as(idle).isTrue();
            assertThat(run.steps()).as(idle).isEmpty();
        }
        List<String> blocks = Newcomer.blocks(START);
        assertThat(blocks).hasSize(4);

        shell(blocks.get(0));
        newcomer.variable("AWS_ACCOUNT_ID", "111122223333");
        newcomer.variable("AWS_REGION", "eu-west-1");
        shell(blocks.get(1));
        Newcomer.WorkflowRun deploy = green("deploy", Map.of());
        assertThat(deploy.summary())
                .contains("Pushed scibert/function@sha256:", "scibert-service: deployed", "answers: other");
        assertThat(shell(blocks.get(2)).output()).contains("\"label\":\"other\"");

        assertThat(green("retrain", Map.of()).summary()).contains("There is no training job");
        assertThat(shell(blocks.get(3)).output()).contains("scibert-training: deployed");
        assertThat(newcomer.calls()).anyMatch(call -> call.contains("revoke-security-group-ingress"))
                .anyMatch(call -> call.contains("revoke-security-group-egress"));
        assertThat(green("training-image", Map.of()).summary())
                .contains("Pushed scibert/training@sha256:", "scibert-job: deployed");
        assertThat(newcomer.calls()).anyMatch(call -> call.contains("--build-arg CODE_REVISION=c0ffee"));
        assertThat(green("retrain", Map.of()).summary()).contains("prAuc on test is 0.6");

        assertThat(newcomer.account().get("stacks").fieldNames()).toIterable().containsExactlyInAnyOrder(
                "scibert-foundation", "scibert-service", "scibert-training", "scibert-job");
        List<String> down = Newcomer.blocks("Take it down");
        shell(down.get(0));
        assertThat(newcomer.account().get("stacks")).isEmpty();
        assertThat(newcomer.account().get("kept")).hasSize(5);

        // Buckets and images of the first time are taken up by a second.
        assertThat(shell(blocks.get(0)).output()).contains("scibert-foundation: deployed");
        shell(down.get(1));
        assertThat(newcomer.account().get("kept")).isEmpty();
        assertThat(newcomer.account().get("objects")).isEmpty();
    }

    @Test
    void aFirstCreationThatFailedIsRepeatedByWhoMadeIt() throws Exception {
        newcomer.variable("AWS_ACCOUNT_ID", "111122223333");
        newcomer.variable("AWS_REGION", "eu-west-1");
        newcomer.fails("scibert-foundation");
        String foundation = Newcomer.blocks(START).get(0);
        assertThat(newcomer.shell("set -e\n" + foundation).exit()).isEqualTo(1);
        assertThat(shell(foundation).output())
                .contains("failed when it was first created", "scibert-foundation: deployed");

        newcomer.fails("scibert-service");
        assertThat(newcomer.workflow("deploy", Map.of()).green()).isFalse();
        assertThat(green("deploy", Map.of()).summary())
                .contains("what is left of it is deleted", "scibert-service: deployed");
        assertThat(newcomer.calls()).contains("deploy: aws cloudformation delete-stack --stack-name scibert-service "
                + "--role-arn arn:aws:iam::111122223333:role/scibert-cloudformation");
    }

    @Test
    void aPinnedModelStaysThroughDeploymentsUntilSomebodySaysOtherwise() throws Exception {
        running();
        assertThat(output("ModelVersion")).isEqualTo("current");
        green("deploy", Map.of("model", FIRST));
        assertThat(output("ModelVersion")).isEqualTo(FIRST);

        released(SECOND);
        Newcomer.WorkflowRun promoted = green("rollback", Map.of("action", "promote", "version", SECOND));
        assertThat(promoted.steps()).contains("pinned: Deploy the same image with the other model");
        assertThat(output("ModelVersion")).isEqualTo(SECOND);

        newcomer.pushes("decade");
        assertThat(green("deploy", Map.of()).output()).contains("stays with the model that it is pinned to, " + SECOND);
        assertThat(output("ModelVersion")).isEqualTo(SECOND);
        green("rollback", Map.of("action", "rollback"));
        assertThat(output("ModelVersion")).isEqualTo(FIRST);

        green("deploy", Map.of("model", "current"));
        assertThat(output("ModelVersion")).isEqualTo("current");
        assertThat(green("rollback", Map.of("action", "promote", "version", SECOND)).steps())
                .containsExactly("pointer: Move the pointer");
    }

    @Test
    void aFunctionThatAnswersWronglyByItsAddressGoesBack() throws Exception {
        running();
        String before = output("ImageDigest");
        newcomer.pushes("decade");
        newcomer.add("answers", "500");
        Newcomer.WorkflowRun run = newcomer.workflow("deploy", Map.of());

        assertThat(run.green()).isFalse();
        assertThat(run.steps()).endsWith("service: Ask the function", "service: Go back to what ran before");
        assertThat(output("ImageDigest")).isEqualTo(before);
        assertThat(green("deploy", Map.of("digest", before)).steps()).noneMatch(step -> step.startsWith("image:"));
    }

    @Test
    void whatWouldFailLateIsRefusedBeforeTheChangeSet() throws Exception {
        newcomer.add("providers", "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com");
        assertThat(newcomer.shell(Newcomer.blocks(START).get(0)).output()).contains(
                "set github.provider-arn=arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com");
        Newcomer without = new Newcomer(folder.resolve("without-types"));
        without.shell("sed -i 's/\"g4dn.xlarge\"//; s/\"g5.xlarge\",/\"g5.xlarge\"/' \"$CLOUD/account.json\"");
        String output = without.shell(Newcomer.blocks(START).get(0) + ".github/scripts/deploy.sh training\n").output();
        assertThat(output).contains("this region has no g4dn.xlarge; of training.instance-types (g4dn.xlarge "
                + "g5.xlarge) it has: g5.xlarge");
        assertThat(without.account().get("stacks").has("scibert-training")).isFalse();
    }

    private void running() throws Exception {
        newcomer.variable("AWS_ACCOUNT_ID", "111122223333");
        newcomer.variable("AWS_REGION", "eu-west-1");
        List<String> blocks = Newcomer.blocks(START);
        shell(blocks.get(0));
        shell(blocks.get(1));
        green("deploy", Map.of());
    }

    private void released(String version) throws Exception {
        shell("""
                echo '{"name":"scibert","version":"%1$s"}' > release
                aws s3api put-object --bucket scibert-models-111122223333-eu-west-1 \
                  --key models/scibert/releases/%1$s/manifest.json --body release""".formatted(version));
    }

    private String output(String name) throws IOException {
        return newcomer.account().at("/stacks/scibert-service/outputs/" + name).asText();
    }

    private Newcomer.Run shell(String script) throws Exception {
        Newcomer.Run run = newcomer.shell("set -e\n" + script);
        assertThat(run.exit()).as(run.output()).isZero();
        return run;
    }

    private Newcomer.WorkflowRun green(String workflow, Map<String, String> inputs) throws Exception {
        Newcomer.WorkflowRun run = newcomer.workflow(workflow, inputs);
        assertThat(run.green()).as(run.steps() + "\n" + run.output()).isTrue();
        return run;
    }
}
