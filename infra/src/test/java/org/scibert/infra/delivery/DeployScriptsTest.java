package org.scibert.infra.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployScriptsTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    private Scripts scripts;

    @BeforeEach
    void template() throws IOException {
        scripts = new Scripts(folder);
        Path templates = Files.createDirectories(scripts.directory().resolve("infra/target/cdk.out"));
        Files.writeString(templates.resolve("scibert-service.template.json"), "{}");
    }

    @Test
    void aNewStackIsShownThenMade() throws Exception {
        scripts.answers("cloudformation.describe-stacks", "fail Stack with id scibert-service does not exist")
                .answers("cloudformation.describe-change-set", "Add\tFunction\tAWS::Lambda::Function\tNone")
                .with("EXECUTION_ROLE", "arn:aws:iam::1:role/scibert-cloudformation");

        Scripts.Run run = scripts.run("deploy.sh", "service");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).contains("scibert-service (CREATE):\nAdd\tFunction", "scibert-service: deployed");
        assertThat(scripts.calls()).anyMatch(c -> c.contains("create-change-set --stack-name scibert-service")
                        && c.contains("--change-set-type CREATE")
                        && c.contains("--role-arn arn:aws:iam::1:role/scibert-cloudformation"))
                .anyMatch(c -> c.contains("execute-change-set"))
                .anyMatch(c -> c.contains("wait stack-create-complete"));
    }

    @Test
    void whatDidNotChangeIsLeftAlone() throws Exception {
        scripts.answers("cloudformation.describe-stacks", "UPDATE_COMPLETE")
                .answers("cloudformation.wait.change-set-create-complete", "fail Waiter failed")
                .answers("cloudformation.describe-change-set", "The submitted information didn't contain changes.");

        Scripts.Run run = scripts.run("deploy.sh", "service");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).contains("nothing to change");
        assertThat(scripts.calls()).noneMatch(c -> c.contains("execute-change-set"))
                .anyMatch(c -> c.contains("delete-change-set"));
    }

    @Test
    void aChangeSetThatFailsIsSaid() throws Exception {
        scripts.answers("cloudformation.describe-stacks", "UPDATE_COMPLETE")
                .answers("cloudformation.wait.change-set-create-complete", "fail Waiter failed")
                .answers("cloudformation.describe-change-set", "Template error: no such thing");

        Scripts.Run run = scripts.run("deploy.sh", "service");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error()).contains("Template error: no such thing");
    }

    @Test
    void aDeploymentThatGoesBackFailsWithItsReasons() throws Exception {
        scripts.answers("cloudformation.describe-stacks", "UPDATE_COMPLETE")
                .answers("cloudformation.wait.stack-update-complete", "fail Waiter StackUpdateComplete failed")
                .answers("cloudformation.describe-stack-events", "Live\tRollback: alarm scibert-errors went off");

        Scripts.Run run = scripts.run("deploy.sh", "service");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error()).contains("has gone back to what was there", "alarm scibert-errors went off");
    }

    @Test
    void aChangeCanBeLookedAtOnly() throws Exception {
        scripts.answers("cloudformation.describe-stacks", "UPDATE_COMPLETE").with("SHOW_ONLY", "true");

        assertThat(scripts.run("deploy.sh", "service").exit()).isZero();
        assertThat(scripts.calls()).noneMatch(c -> c.contains("execute-change-set"));
    }

    @Test
    void aMissingTemplateIsSaidWithTheCommandThatWritesIt() throws Exception {
        Scripts.Run run = scripts.run("deploy.sh", "training");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.error()).contains("mvn -f infra/pom.xml -q compile exec:java");
        assertThat(scripts.calls()).isEmpty();
    }

    @Test
    void anOutputIsPrintedAndAMissingOneIsNothing() throws Exception {
        scripts.answers("cloudformation.describe-stacks", DIGEST, "None", "fail does not exist");

        assertThat(scripts.run("stack-output.sh", "service", "ImageDigest").output()).isEqualTo(DIGEST + "\n");
        assertThat(scripts.run("stack-output.sh", "service", "Nothing").output()).isEmpty();
        assertThat(scripts.run("stack-output.sh", "nowhere", "ImageDigest")).isEqualTo(new Scripts.Run(0, "", ""));
    }

    @Test
    void anImageIsBuiltPushedAndNamedByItsDigest() throws Exception {
        scripts.answers("ecr.batch-get-image", "None", DIGEST).with("REGISTRY", "registry").with("COMMIT", "c0ffee");

        Scripts.Run run = scripts.run("push-image.sh", "function", "Dockerfile", ".");

        assertThat(run.output()).as(run.error()).isEqualTo(DIGEST + "\n");
        assertThat(scripts.calls()).contains("docker push registry/scibert/function:c0ffee")
                .anyMatch(c -> c.startsWith("docker build --provenance=false"));
    }

    @Test
    void anImageThatWasPushedBeforeIsNotBuiltAgain() throws Exception {
        scripts.answers("ecr.batch-get-image", DIGEST).with("REGISTRY", "registry").with("COMMIT", "c0ffee");

        assertThat(scripts.run("push-image.sh", "training", "Dockerfile", ".").output()).isEqualTo(DIGEST + "\n");
        assertThat(scripts.calls()).noneMatch(c -> c.startsWith("docker"));
    }

    @Test
    void theSmokeTestSignsItsRequestAndReadsTheAnswer() throws Exception {
        Scripts.Run run = smoke("200", "{\"results\":[{\"label\":\"other\",\"probability\":0.9}],"
                + "\"model\":{\"name\":\"scibert\",\"version\":\"20261122T145400Z-1a2b3c4d\"}}");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).isEqualTo("scibert 20261122T145400Z-1a2b3c4d answers: other\n");
        assertThat(scripts.calls()).last().asString()
                .contains("--aws-sigv4 aws:amz:eu-west-1:lambda", "https://x.on.aws/classify")
                        .doesNotContain("secret", "token");
        assertThat(scripts.curlConfiguration()).contains("user = \"key:secret\"", "x-amz-security-token: token");
    }

    @Test
    void theSmokeTestFailsOnAnErrorAndOnAnAnswerWithoutALabel() throws Exception {
        assertThat(smoke("403", "{\"Message\":\"Forbidden\"}").error())
                .contains("the function answered 403", "Forbidden");
        assertThat(smoke("200", "{\"results\":[{\"probability\":0.9}],\"model\":{\"version\":\"v\"}}").exit())
                .isEqualTo(1);
        assertThat(smoke("200",
                "{\"results\":[{\"label\":\"other\",\"probability\":1.5}],\"model\":{\"version\":\"v\"}}").exit())
                .isEqualTo(1);
    }

    @Test
    void theSmokeTestAsksAnOpenFunctionThatWantsKeysWithoutItsUrl() throws Exception {
        scripts.answers("lambda.invoke.payload", "{\"results\":[{\"label\":\"other\",\"probability\":0.9}],"
                + "\"model\":{\"name\":\"scibert\",\"version\":\"20261122T145400Z-1a2b3c4d\"}}");

        Scripts.Run run =
                smoke("401", "{\"error\":{\"code\":\"unauthorized\",\"message\":\"this function wants a key\"}}");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).isEqualTo("the address wants a key\n"
                + "scibert 20261122T145400Z-1a2b3c4d answers: other\n");
        assertThat(scripts.calls()).last().asString()
                .startsWith("aws lambda invoke --function-name scibert-classify:live");
        assertThat(smoke("401", "{\"error\":{\"code\":\"other\"}}").error()).contains("the function answered 401");
    }

    private Scripts.Run smoke(String status, String body) throws Exception {
        return scripts.answers("cloudformation.describe-stacks", "https://x.on.aws/").answers("http.status", status)
                .answers("http.body", body).with("AWS_REGION", "eu-west-1").with("AWS_ACCESS_KEY_ID", "key")
                .with("AWS_SECRET_ACCESS_KEY", "secret").with("AWS_SESSION_TOKEN", "token").run("smoke-test.sh");
    }
}
