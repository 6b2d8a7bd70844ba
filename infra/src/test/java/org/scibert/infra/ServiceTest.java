package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServiceTest {
    private final Template template = Templates.of("service");

    @Test
    void theFunctionRunsAnImageByItsDigest() {
        JsonNode function = template.named("AWS::Lambda::Function", "FunctionName", "scibert-classify");

        assertThat(function.at("/Code/ImageUri").asText())
                .isEqualTo("111122223333.dkr.ecr.eu-west-1.amazonaws.com/scibert/function@" + Templates.DIGEST);
        assertThat(function.get("PackageType").asText()).isEqualTo("Image");
        assertThat(function.get("Role").asText()).isEqualTo("arn:aws:iam::111122223333:role/scibert-function");
        assertThat(function.get("Architectures").get(0).asText()).isEqualTo("x86_64");
        assertThat(function.get("MemorySize").asInt()).isEqualTo(3008);
        assertThat(function.at("/EphemeralStorage/Size").asInt()).isEqualTo(2048);
        assertThat(function.get("Timeout").asInt()).isEqualTo(60);
        assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
    }

    @Test
    void itsEnvironmentIsWhatTheFunctionReads() {
        assertThat(environment(template)).isEqualTo(Map.of(
                "MODEL_STORE", "s3://scibert-models-111122223333-eu-west-1/models",
                "MODEL_NAME", "scibert",
                "MODEL_REFRESH", "PT1M",
                "MODEL_CACHE", "/tmp/models",
                "AWS_EMF_NAMESPACE", "scibert",
                "OPT_OUT_TRACKING", "true",
                "DJL_OFFLINE", "true"));
    }

    @Test
    void releasesMustBeSignedWhereAKeyIsGiven() {
        assertThat(environment(Templates.of("service", Templates.SIGNED)))
                .containsEntry("MODEL_PUBLIC_KEY", Templates.PUBLIC_KEY);
    }

    @Test
    void sizesAndArchitectureAreSettings() {
        JsonNode function = Templates.of("service", "FUNCTION_ARCHITECTURE=arm64", "FUNCTION_MEMORY_MB=4096",
                "FUNCTION_STORAGE_MB=1024", "FUNCTION_TIMEOUT_SECONDS=30", "FUNCTION_CONCURRENCY=70")
                .named("AWS::Lambda::Function", "FunctionName", "scibert-classify");

        assertThat(function.get("Architectures").get(0).asText()).isEqualTo("arm64");
        assertThat(function.get("MemorySize").asInt()).isEqualTo(4096);
        assertThat(function.at("/EphemeralStorage/Size").asInt()).isEqualTo(1024);
        assertThat(function.get("Timeout").asInt()).isEqualTo(30);
        assertThat(function.get("ReservedConcurrentExecutions").asInt()).isEqualTo(70);
    }

    @Test
    void theAddressAsksForSignedRequests() {
        JsonNode url = template.only("AWS::Lambda::Url");

        assertThat(url.get("AuthType").asText()).isEqualTo("AWS_IAM");
        assertThat(url.get("Qualifier").asText()).isEqualTo("live");
        assertThat(url.has("Cors")).isFalse();
        assertThat(template.all("AWS::Lambda::Permission")).isEmpty();
    }

    @Test
    void theAddressIsOpenOnlyWhenToldAndThenWithACeiling() {
        Template open = Templates.of("service", Templates.OPEN);
        JsonNode function = open.named("AWS::Lambda::Function", "FunctionName", "scibert-classify");

        assertThat(open.only("AWS::Lambda::Url").get("AuthType").asText()).isEqualTo("NONE");
        assertThat(function.get("ReservedConcurrentExecutions").asInt()).isEqualTo(50);
        assertThat(open.all("AWS::Lambda::Permission").stream().map(p -> p.at("/Properties/Action").asText()))
                .containsExactlyInAnyOrder("lambda:InvokeFunctionUrl", "lambda:InvokeFunction");
    }

    /** The secret goes in by its name: its value is in no template, and a key is revoked without a deployment. */
    @Test
    void anOpenFunctionAsksForKeysAndAnswersPreflightsItself() {
        Template open = Templates.of("service", Templates.OPEN);
        JsonNode variables = open.named("AWS::Lambda::Function", "FunctionName", "scibert-classify")
                .at("/Environment/Variables");

        assertThat(variables.get("API_KEYS").asText()).isEqualTo("secretsmanager:scibert/api-keys");
        assertThat(variables.get("API_KEYS_TEXTS_PER_MINUTE").asText()).isEqualTo("600");
        assertThat(variables.get("CORS_ORIGINS").asText()).isEqualTo("https://app.example.org,http://localhost:3000");
        assertThat(open.only("AWS::Lambda::Url").has("Cors")).as("another place for origins").isFalse();
        for (Template without : List.of(template, Templates.of("service", Templates.OPEN_TO_ANYONE))) {
            assertThat(without.raw().toString()).doesNotContain("API_KEYS", "CORS_ORIGINS");
        }
    }

    @Test
    void aNewVersionTakesOverStepByStepAndAnAlarmTakesItBack() {
        JsonNode group = template.only("AWS::CodeDeploy::DeploymentGroup");
        JsonNode alias = template.all("AWS::Lambda::Alias").get(0);

        assertThat(group.get("DeploymentConfigName").asText())
                .isEqualTo("CodeDeployDefault.LambdaCanary10Percent5Minutes");
        assertThat(texts(group.at("/AutoRollbackConfiguration/Events")))
                .contains("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM");
        assertThat(group.at("/AlarmConfiguration/Enabled").asBoolean()).isTrue();
        assertThat(group.at("/AlarmConfiguration/Alarms").findValuesAsText("Name")).containsExactly(
                "scibert-errors", "scibert-server-errors", "scibert-p99");
        assertThat(alias.at("/Properties/Name").asText()).isEqualTo("live");
        assertThat(alias.at("/UpdatePolicy/CodeDeployLambdaAliasUpdate/DeploymentGroupName").asText())
                .startsWith("Rollout");
    }

    /**
     * Image A is in service, B's rollout is taken back, and B is tried again. Lambda publishes no second version of
     * code that was published last, so B's version must go when its creation is taken back, and stay once it was in
     * service.
     */
    @Test
    void anImageWhoseRolloutWasTakenBackCanBeDeployedAgain() {
        Template a = template;
        Template b = Templates.of("service", "FUNCTION_IMAGE_DIGEST=sha256:" + "b".repeat(64));

        for (Template each : List.of(a, b)) {
            JsonNode version = each.all("AWS::Lambda::Version").get(0);
            assertThat(version.get("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
            assertThat(version.get("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        }
        assertThat(versionId(b)).isNotEqualTo(versionId(a));
    }

    @Test
    void aNewVersionIsCheckedBeforeItGetsTraffic() {
        JsonNode check = template.named("AWS::Lambda::Function", "FunctionName", "scibert-check");
        JsonNode update = template.all("AWS::Lambda::Alias").get(0).at("/UpdatePolicy/CodeDeployLambdaAliasUpdate");

        assertThat(update.get("BeforeAllowTrafficHook").asText()).isEqualTo("scibert-check");
        assertThat(check.at("/Environment/Variables/VERSION_ARN").asText()).startsWith("FunctionCurrentVersion");
        assertThat(check.at("/Environment/Variables/MODEL_NAME").asText()).isEqualTo("scibert");
        assertThat(check.at("/Environment/Variables").has("MODEL_VERSION")).isFalse();
        assertThat(Templates.of("service", "MODEL_VERSION=" + Templates.VERSION)
                .named("AWS::Lambda::Function", "FunctionName", "scibert-check")
                .at("/Environment/Variables/MODEL_VERSION").asText()).isEqualTo(Templates.VERSION);
        Template foundation = Templates.of("foundation");
        assertThat(foundation.statement("CallCheck").get("Resource").asText()).endsWith(":function:scibert-check");
        assertThat(foundation.statement("AskNewVersion").get("Resource").asText())
                .endsWith(":function:scibert-classify:*");
    }

    @Test
    void allAtOnceNeedsNoCodeDeploy() {
        Template atOnce = Templates.of("service", "FUNCTION_ROLLOUT=all-at-once");

        assertThat(atOnce.all("AWS::CodeDeploy::DeploymentGroup")).isEmpty();
        assertThat(atOnce.all("AWS::Lambda::Alias").get(0).has("UpdatePolicy")).isFalse();
    }

    @Test
    void anotherImageOrModelIsAnotherVersion() {
        assertThat(versionId(Templates.of("service", "FUNCTION_IMAGE_DIGEST=sha256:" + "b".repeat(64))))
                .isNotEqualTo(versionId(template));
        assertThat(versionId(Templates.of("service", "MODEL_VERSION=" + Templates.VERSION)))
                .isNotEqualTo(versionId(template));
        assertThat(versionId(Templates.of("service", "BUDGET_USD=51"))).isEqualTo(versionId(template));
    }

    @Test
    void instancesAreKeptWarmOnTheAliasWhenAsked() {
        assertThat(template.only("AWS::Lambda::Alias").has("ProvisionedConcurrencyConfig")).isFalse();
        assertThat(Templates.of("service", "FUNCTION_PROVISIONED=2").only("AWS::Lambda::Alias")
                .at("/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions").asInt()).isEqualTo(2);
    }

    @Test
    void callsAreTracedOnlyWhenAsked() {
        assertThat(template.named("AWS::Lambda::Function", "FunctionName", "scibert-classify").has("TracingConfig"))
                .isFalse();
        assertThat(Templates.of("service", "FUNCTION_TRACING=true")
                .named("AWS::Lambda::Function", "FunctionName", "scibert-classify")
                .at("/TracingConfig/Mode").asText()).isEqualTo("Active");
        assertThat(Templates.of("foundation", "FUNCTION_TRACING=true").statement("SendTraces").get("Action").toString())
                .contains("xray:PutTraceSegments");
    }

    @Test
    void logsAreKeptForAMonthAsJson() {
        JsonNode log = template.named("AWS::Logs::LogGroup", "LogGroupName", "/scibert/function");

        assertThat(log.get("LogGroupName").asText()).isEqualTo("/scibert/function");
        assertThat(log.get("RetentionInDays").asInt()).isEqualTo(30);
        assertThat(template.named("AWS::Lambda::Function", "FunctionName", "scibert-classify")
                .at("/LoggingConfig/LogFormat").asText()).isEqualTo("JSON");
    }

    @Test
    void somebodyIsToldOfErrorsThrottlesSlownessAndColdStarts() {
        List<JsonNode> alarms = template.all("AWS::CloudWatch::Alarm").stream().map(a -> a.get("Properties")).toList();

        assertThat(alarms).allSatisfy(a -> {
            assertThat(texts(a.get("AlarmActions")))
                    .containsExactly("arn:aws:sns:eu-west-1:111122223333:scibert-alerts");
            assertThat(a.get("TreatMissingData").asText()).isEqualTo("notBreaching");
        });
        assertThat(alarms.stream().collect(Collectors.toMap(
                a -> a.get("AlarmName").asText(),
                a -> "%s %s >= %s, %s min".formatted(a.path("Statistic").asText(a.path("ExtendedStatistic").asText()),
                        a.get("MetricName").asText(), a.get("Threshold").asText(),
                        a.get("EvaluationPeriods").asText()))))
                .isEqualTo(Map.of(
                        "scibert-errors", "Sum Errors >= 3, 1 min",
                        "scibert-server-errors", "Sum Url5xxCount >= 3, 1 min",
                        "scibert-throttles", "Sum Throttles >= 1, 3 min",
                        "scibert-p99", "p99 Duration >= 5000, 3 min",
                        "scibert-cold-start", "Maximum ColdStartMillis >= 8000, 1 min",
                        "scibert-drift", "Average DriftScorePsi >= 0.25, 1 min",
                        "scibert-drift-labels", "Average DriftLabelPsi >= 0.25, 1 min",
                        "scibert-candidate", "Maximum CandidateWithdrawn >= 1, 1 min"));
    }

    @Test
    void driftAndTheCandidateAreWatchedInTheFunctionsOwnMetrics() {
        JsonNode drift = template.named("AWS::CloudWatch::Alarm", "AlarmName", "scibert-drift");
        assertThat(drift.get("Namespace").asText()).isEqualTo("scibert");
        assertThat(drift.at("/Dimensions/0").toString()).isEqualTo("{\"Name\":\"Model\",\"Value\":\"scibert\"}");
        assertThat(drift.get("Period").asInt()).isEqualTo(900);
        assertThat(Templates.of("service", "DRIFT_PSI=0.4")
                .named("AWS::CloudWatch::Alarm", "AlarmName", "scibert-drift")
                .get("Threshold").asDouble()).isEqualTo(0.4);
        assertThat(environment(
                Templates.of("service", "DRIFT_WINDOW=100", "CANDIDATE_TEXTS=50", "CANDIDATE_AGREEMENT=0.8")))
                .containsEntry("DRIFT_WINDOW", "100")
                .containsEntry("MODEL_CANDIDATE_TEXTS", "50")
                .containsEntry("MODEL_CANDIDATE_AGREEMENT", "0.8");
    }

    @Test
    void theDashboardShowsWhatTheAlarmsWatch() {
        JsonNode dashboard = template.only("AWS::CloudWatch::Dashboard");

        assertThat(dashboard.get("DashboardName").asText()).isEqualTo("scibert-classify");
        assertThat(dashboard.get("DashboardBody").asText())
                .contains("Invocations", "Errors", "Url5xxCount", "Throttles",
                "\"stat\":\"p99\"", "ConcurrentExecutions", "ColdStartMillis", "\"type\":\"alarm\"",
                "DriftScorePsi", "DriftLabelPsi", "DriftUnsure", "DriftUnknownTokens", "CandidateTexts",
                "CandidateErrors",
                "CandidateAgreement", "CandidateLatencyRatio");
    }

    @Test
    void theStackHoldsNoRole() {
        assertThat(template.all("AWS::IAM::Role")).isEmpty();
        assertThat(template.all("AWS::IAM::Policy")).isEmpty();
    }

    private static Map<String, String> environment(Template template) {
        return template.named("AWS::Lambda::Function", "FunctionName", "scibert-classify").at("/Environment/Variables")
                .properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asText()));
    }

    private static String versionId(Template template) {
        return template.raw().get("Resources").properties().stream()
                .filter(e -> e.getValue().get("Type").asText().equals("AWS::Lambda::Version"))
                .map(Map.Entry::getKey).findFirst().orElseThrow();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
