package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/** AWS's own review of the stacks: no finding without a reason, and no reason without a finding. */
class NagTest {
    /** Findings that stay, by pattern, with the reason. IAM5 is "a resource with a star". */
    private static final Map<Pattern, String> ACCEPTED = accepted();

    private static final List<String> FINDINGS = new ArrayList<>();

    private static Map<Pattern, String> accepted() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("IAM4\\[.*/AmazonEC2ContainerServiceforEC2Role\\] .*/MachineRole",
                "the container service's own contract with its machines; it changes with the agent");
        reasons.put("IAM5\\[Resource::\\*\\] .*/(CloudFormation|Deploy|Operate|Rollout|Start|Check)?Role",
                "actions for which AWS knows no resource; PolicyWalk lists them one by one");
        reasons.put("IAM5\\[.*:job-definition/scibert-training:\\*\\]", "a job definition's revisions");
        reasons.put("IAM5\\[.*:stack/scibert-(service|job)/\\*\\]",
                "CloudFormation appends an id to a stack's name");
        reasons.put("IAM5\\[.*:(dashboard/|alarm:|application:|deploymentgroup:)scibert-\\*\\] .*/CloudFormationRole",
                "what the service stack makes, under the project's prefix");
        reasons.put("IAM5\\[.*:deploymentconfig:CodeDeployDefault.Lambda\\*\\]",
                "AWS's own shifting configurations, to read");
        reasons.put("IAM5\\[.*:function:scibert-classify:\\*\\]", "the function's versions and alias");
        reasons.put("IAM5\\[.*:function:scibert-check:\\*\\] .*/CloudFormationRole", "the check before traffic");
        reasons.put("IAM5\\[.*:log-group:/scibert/(function|training|check):\\*\\]", "a log group's streams");
        reasons.put("IAM5\\[.*:s3:::scibert-data-[^/]*/\\*\\] .*/JobRole", "the rows, to read");
        reasons.put("IAM5\\[.*/models/scibert/\\*\\] .*/(Function|Job)Role", "one model's releases");
        reasons.put("IAM5\\[.*/models/scibert/checkpoints/\\*\\] .*/JobRole", "one model's checkpoints");
        reasons.put("IAM5\\[.*/models/scibert/releases/\\*/manifest.json\\] .*/OperateRole",
                "one model's manifests, to read");
        reasons.put("IAM5\\[.*:execution:scibert-screening[:/]\\*\\] .*/scibert-screening/Role",
                "the machine's own executions");
        reasons.put(
                "IAM5\\[.*:mapRun:scibert-screening/\\*\\] .*/scibert-screening/Role", "the machine's own map runs");
        reasons.put("IAM5\\[.*:s3:::scibert-data-[^/]*/screening/\\*\\] .*/scibert-screening/Role",
                "the screening runs' folder");
        reasons.put("APIG4 .*/scibert-gateway/Route OPTIONS path",
                "a preflight carries no token; the function answers it");
        reasons.put("SF1 .*/Screening", "errors are logged; a log of everything would hold what each batch did");
        reasons.put("SF2 .*/Screening", "traces of batches would cost more than the batches");
        reasons.put("SQS3 .*/MissedStarts", "it is itself where undeliverable messages go");
        reasons.put("VPC7 .*/Network",
                "nothing listens in this network and nothing is let in; flow logs would cost more "
                + "than the network");
        Map<Pattern, String> accepted = new LinkedHashMap<>();
        reasons.forEach((pattern, reason) -> accepted.put(Pattern.compile("AwsSolutions-" + pattern + ".*"), reason));
        return accepted;
    }

    @BeforeAll
    static void review() throws IOException {
        App app = Templates.app(Files.createTempDirectory(Files.createDirectories(Path.of("target/templates")), "nag"));
        List<Stack> stacks = Stacks.build(app, Templates.config(Templates.environment()));
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(false).build());
        app.synth();
        for (Stack stack : stacks) {
            Annotations annotations = Annotations.fromStack(stack);
            Object ofTheReview = Match.stringLikeRegexp("AwsSolutions-.*");
            annotations.findError("*", ofTheReview).forEach(message -> FINDINGS.add(text(message)));
            annotations.findWarning("*", ofTheReview).forEach(message -> FINDINGS.add(text(message)));
        }
    }

    @Test
    void everyFindingHasAReason() {
        assertThat(FINDINGS).isNotEmpty().allSatisfy(finding ->
                assertThat(ACCEPTED.keySet()).anyMatch(pattern -> pattern.matcher(finding).matches()));
    }

    @Test
    void everyReasonHasAFinding() {
        assertThat(ACCEPTED.keySet()).allSatisfy(pattern ->
                assertThat(FINDINGS).anyMatch(finding -> pattern.matcher(finding).matches()));
    }

    /** The rule, what it found, and where. */
    private static String text(SynthesisMessage message) {
        String text = String.valueOf(message.getEntry().getData());
        return text.substring(0, text.indexOf(": ")) + " " + message.getId();
    }
}
