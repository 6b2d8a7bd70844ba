package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundationTest {
    private static final String MODELS = "scibert-models-111122223333-eu-west-1";
    private static final String OBJECTS = "arn:aws:s3:::" + MODELS + "/models/";

    private final Template template = Templates.of("foundation");

    @ParameterizedTest
    @ValueSource(strings = {"access-logs", "models", "data"})
    void bucketsArePrivateEncryptedAndKept(String what) {
        String name = "scibert-" + what + "-111122223333-eu-west-1";
        JsonNode bucket = template.named("AWS::S3::Bucket", "BucketName", name);

        assertThat(bucket.at("/PublicAccessBlockConfiguration")).hasSize(4).allMatch(JsonNode::asBoolean);
        assertThat(bucket.at(
                "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm")
                .asText()).isEqualTo("AES256");
        assertThat(bucket.at("/OwnershipControls/Rules/0/ObjectOwnership").asText()).isEqualTo("BucketOwnerEnforced");
        assertThat(template.all("AWS::S3::Bucket")).allMatch(FoundationTest::keptOnceMade);
        JsonNode policy = template.named("AWS::S3::BucketPolicy", "Bucket", name).at("/PolicyDocument/Statement");
        assertThat(policy).anySatisfy(s -> {
            assertThat(s.get("Effect").asText()).isEqualTo("Deny");
            assertThat(s.at("/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("false");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "data"})
    void whatIsKeptIsVersionedLoggedAndTidied(String what) {
        JsonNode bucket = template.named("AWS::S3::Bucket", "BucketName",
                "scibert-" + what + "-111122223333-eu-west-1");

        assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
        assertThat(bucket.at("/LoggingConfiguration/DestinationBucketName").asText()).startsWith("scibert-access-logs");
        assertThat(bucket.at("/LifecycleConfiguration/Rules").findValuesAsText("Id"))
                .contains("unfinished-uploads", "noncurrent");
    }

    @Test
    void checkpointsGoAfterTwoWeeks() {
        JsonNode rules = template.named("AWS::S3::Bucket", "BucketName", MODELS).at("/LifecycleConfiguration/Rules");

        assertThat(rules).anySatisfy(rule -> {
            assertThat(rule.path("Prefix").asText()).isEqualTo("models/scibert/checkpoints/");
            assertThat(rule.path("ExpirationInDays").asInt()).isEqualTo(14);
        });
        assertThat(rules).filteredOn(rule -> rule.has("ExpirationInDays")).hasSize(1);
    }

    @Test
    void aReleasesFileIsNeverOverwritten() {
        JsonNode statement = template.statement("ReleasesAreWrittenOnce");

        assertThat(statement.get("Effect").asText()).isEqualTo("Deny");
        assertThat(statement.at("/Principal/AWS").asText()).isEqualTo("*");
        assertThat(statement.get("Action").asText()).isEqualTo("s3:PutObject");
        assertThat(statement.get("Resource").asText()).isEqualTo(OBJECTS + "*/releases/*");
        assertThat(statement.at("/Condition/Null/s3:if-none-match").asText()).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scibert/function", "scibert/training"})
    void imagesHaveTagsThatStayAndAreScanned(String name) {
        JsonNode repository = template.named("AWS::ECR::Repository", "RepositoryName", name);

        assertThat(template.all("AWS::ECR::Repository")).hasSize(2).allMatch(FoundationTest::keptOnceMade);
        assertThat(repository.get("ImageTagMutability").asText()).isEqualTo("IMMUTABLE");
        assertThat(repository.at("/ImageScanningConfiguration/ScanOnPush").asBoolean()).isTrue();
        assertThat(repository.at("/LifecyclePolicy/LifecyclePolicyText").asText()).contains("\"countNumber\":30");
    }

    @Test
    void theDeployRoleAdmitsBothFormsOfTheSubjectAndNothingElse() {
        for (String name : List.of("scibert-deploy", "scibert-operate")) {
            JsonNode trust = template.named("AWS::IAM::Role", "RoleName", name)
                    .at("/AssumeRolePolicyDocument/Statement");

            assertThat(trust).hasSize(1);
            assertThat(trust.at("/0/Action").asText()).isEqualTo("sts:AssumeRoleWithWebIdentity");
            assertThat(texts(trust.at("/0/Condition/StringEquals/token.actions.githubusercontent.com:sub")))
                    .containsExactly(
                    "repo:octocat/papers:environment:production",
                    "repo:octocat@123456/papers@456789:environment:production");
            assertThat(trust.at("/0/Condition/StringEquals/token.actions.githubusercontent.com:aud").asText())
                    .isEqualTo("sts.amazonaws.com");
            assertThat(trust.at("/0/Condition")).hasSize(1);
        }
    }

    @Test
    void theDeployRolePassesOneRoleToOneService() {
        JsonNode policy = policyOf("scibert-deploy");

        assertThat(policy).filteredOn(s -> s.get("Action").toString().contains("iam:")).singleElement().satisfies(s -> {
            assertThat(s.get("Action").asText()).isEqualTo("iam:PassRole");
            assertThat(s.get("Resource").asText()).isEqualTo("arn:aws:iam::111122223333:role/scibert-cloudformation");
            assertThat(s.at("/Condition/StringEquals/iam:PassedToService").asText())
                    .isEqualTo("cloudformation.amazonaws.com");
        });
        assertThat(policy.toString()).doesNotContain("stack/scibert-foundation", "s3:");
    }

    @Test
    void nothingThatGitHubReachesCanMakeOrChangeARole() {
        for (String role : List.of("scibert-deploy", "scibert-operate", "scibert-cloudformation")) {
            assertThat(policyOf(role).findValues("Action").toString().split("[\\[\\]\",]+"))
                    .filteredOn(action -> action.startsWith("iam:") || action.startsWith("sts:"))
                    .containsOnly(role.equals("scibert-operate") ? new String[0] : new String[] {"iam:PassRole"});
        }
    }

    @Test
    void theOperateRoleWritesPointerAndCandidateAlone() {
        assertThat(template.statement("MovePointer").get("Action").asText()).isEqualTo("s3:PutObject");
        assertThat(template.statement("MovePointer").get("Resource").valueStream().map(JsonNode::asText))
                .containsExactly(OBJECTS + "scibert/current.json", OBJECTS + "scibert/candidate.json");
        assertThat(template.statement("WatchCandidate").get("Action").asText())
                .isEqualTo("cloudwatch:GetMetricStatistics");
        assertThat(policyOf("scibert-operate").findValuesAsText("Action")).doesNotContain("s3:DeleteObject");
    }

    @Test
    void theFunctionReadsItsModelAndWritesItsLogAndNothingElse() {
        JsonNode policy = policyOf("scibert-function");

        assertThat(policy).hasSize(2);
        assertThat(policy.at("/0/Action").asText()).isEqualTo("s3:GetObject");
        assertThat(policy.at("/0/Resource").asText()).isEqualTo(OBJECTS + "scibert/*");
        assertThat(texts(policy.at("/1/Action"))).containsExactly("logs:CreateLogStream", "logs:PutLogEvents");
    }

    @Test
    void alarmsAndEventsMayPublishAndTheTeamReads() {
        JsonNode statement = template.statement("AlarmsAndEventsPublish");

        assertThat(texts(statement.at("/Principal/Service")))
                .containsExactlyInAnyOrder("cloudwatch.amazonaws.com", "events.amazonaws.com");
        assertThat(statement.at("/Condition/StringEquals/aws:SourceAccount").asText()).isEqualTo("111122223333");
        assertThat(template.only("AWS::SNS::Subscription").get("Endpoint").asText()).isEqualTo("team@example.org");
    }

    @Test
    void theAccountAndTheProjectHaveABudgetThatTellsTwice() {
        List<JsonNode> budgets = template.all("AWS::Budgets::Budget").stream().map(b -> b.get("Properties")).toList();

        assertThat(budgets).hasSize(2).allSatisfy(budget -> {
            assertThat(budget.at("/Budget/BudgetLimit/Amount").asInt()).isEqualTo(50);
            assertThat(budget.findValuesAsText("Threshold")).containsExactly("80", "100");
            assertThat(budget.findValuesAsText("Address")).containsOnly("team@example.org");
        });
        assertThat(budgets.get(0).at("/Budget").has("CostFilters")).isFalse();
        assertThat(budgets.get(1).at("/Budget/CostFilters/TagKeyValue/0").asText()).isEqualTo("user:project$scibert");
    }

    @Test
    void anAccountThatHasGitHubsProviderKeepsIt() {
        String arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
        Template other = Templates.of("foundation", "GITHUB_PROVIDER_ARN=" + arn);

        assertThat(template.all("AWS::IAM::OIDCProvider")).hasSize(1);
        assertThat(other.all("AWS::IAM::OIDCProvider")).isEmpty();
        assertThat(other.named("AWS::IAM::Role", "RoleName", "scibert-deploy")
                .at("/AssumeRolePolicyDocument/Statement/0/Principal/Federated").asText()).isEqualTo(arn);
    }

    @Test
    void theFunctionIsMadePublicOnlyWhereThatWasSet() {
        JsonNode closed = template.statement("Address");
        Template open = Templates.of("foundation", Templates.OPEN_TO_ANYONE);

        assertThat(texts(closed.get("Action")))
                .containsExactly("lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig");
        assertThat(closed.at("/Condition/StringEquals/lambda:FunctionUrlAuthType").asText()).isEqualTo("AWS_IAM");
        assertThat(policyOf("scibert-cloudformation").toString()).doesNotContain("lambda:AddPermission");
        assertThat(open.statement("Address").at("/Condition/StringEquals/lambda:FunctionUrlAuthType").asText())
                .isEqualTo("NONE");
        assertThat(open.statement("LetAnybodyCall").get("Action").asText()).isEqualTo("lambda:AddPermission");
    }

    @Test
    void theFunctionReadsTheSecretOfItsKeysAndTheSmokeTestNeedsNone() {
        Template keys = Templates.of("foundation", Templates.OPEN);

        assertThat(keys.statement("ReadKeys").get("Action").asText()).isEqualTo("secretsmanager:GetSecretValue");
        assertThat(keys.statement("ReadKeys").get("Resource").asText())
                .isEqualTo("arn:aws:secretsmanager:eu-west-1:111122223333:secret:scibert/api-keys-??????");
        assertThat(policyOf("scibert-function").toString()).doesNotContain("secretsmanager");
        assertThat(keys.statement("CallByUrl").has("Condition")).isFalse();
        assertThat(template.statement("CallByUrl").at("/Condition/Bool/lambda:InvokedViaFunctionUrl").asText())
                .isEqualTo("true");
    }

    @Test
    void aJobRunsTheProjectsImageWithoutPrivileges() {
        assertThat(template.statement("RegisterJob").at("/Condition/StringLike/batch:Image").asText())
                .isEqualTo("111122223333.dkr.ecr.eu-west-1.amazonaws.com/scibert/training@sha256:*");
        JsonNode never = template.statement("NeverPrivileged");
        assertThat(never.get("Effect").asText()).isEqualTo("Deny");
        assertThat(never.get("Action").asText()).isEqualTo("batch:RegisterJobDefinition");
        assertThat(never.at("/Condition/Bool/batch:Privileged").asText()).isEqualTo("true");
    }

    @Test
    void gitHubReachesTheStacksThatHoldNoRoleAndCanDeleteWhatFailed() {
        JsonNode stacks = template.statement("Stacks");

        assertThat(texts(stacks.get("Resource"))).containsExactly(
                "arn:aws:cloudformation:eu-west-1:111122223333:stack/scibert-service/*",
                "arn:aws:cloudformation:eu-west-1:111122223333:stack/scibert-job/*");
        assertThat(texts(stacks.get("Action"))).contains("cloudformation:DeleteStack");
        for (String stack : List.of("service", "job")) {
            assertThat(Templates.of(stack).raw().toString()).doesNotContain("AWS::IAM::");
        }
    }

    @Test
    void everythingCarriesTheProjectsTag() {
        Templates.all().forEach((stack, each) -> assertThat(each.raw().get("Resources").findParents("Type"))
                .as(stack).anyMatch(r -> r.at("/Properties/Tags").toString().contains("\"project\"")));
        assertThat(template.all("AWS::S3::Bucket")).allMatch(b -> b.at("/Properties/Tags").toString()
                .contains("{\"Key\":\"project\",\"Value\":\"scibert\"}"));
    }

    private static boolean keptOnceMade(JsonNode resource) {
        return resource.get("DeletionPolicy").asText().equals("RetainExceptOnCreate")
                && resource.get("UpdateReplacePolicy").asText().equals("Retain");
    }

    private JsonNode policyOf(String role) {
        return template.all("AWS::IAM::Policy").stream().map(p -> p.get("Properties"))
                .filter(p -> p.at("/Roles/0").asText().equals(role)).findFirst().orElseThrow()
                .at("/PolicyDocument/Statement");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
