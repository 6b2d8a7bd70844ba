package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {

    static Stream<Arguments> configurations() {
        return Stream.of(
                Arguments.of("scibert", false, List.of()),
                Arguments.of("scibert", false, List.of("TRAINING_HF_TOKEN_SECRET=scibert/hf-token",
                        "TRAINING_SIGNING_KEY_SECRET=scibert/signing-key",
                        "FUNCTION_TRACING=true", "TRAINING_FLOW_LOGS=true", "MODEL_VERSION=" + Templates.VERSION)),
                Arguments.of("scibert", true, List.of(Templates.OPEN)),
                Arguments.of("scibert", true, List.of(Templates.OPEN_TO_ANYONE)),
                Arguments.of("staging", false, List.of("PROJECT=staging")));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyStatementNamesItsActionsAndStaysWithinTheProject(String project, boolean open, List<String> settings) {
        List<String> findings = new ArrayList<>();
        Templates.all(settings.toArray(String[]::new)).forEach((stack, template) ->
                PolicyWalk.findings(template.resolved(), project, open).forEach(f -> findings.add(stack + ": " + f)));

        assertThat(findings).isEmpty();
    }

    @Test
    void theWalkMeetsStatements() {
        long statements = Templates.all().values().stream()
                .mapToLong(t -> t.resolved().findValues("Statement").stream().mapToLong(s -> s.size()).sum()).sum();

        assertThat(statements).isGreaterThan(50);
    }

    @Test
    void anotherProjectsStaysOut() {
        assertThat(PolicyWalk.findings(Templates.of("foundation").resolved(), "other", false))
                .anyMatch(f -> f.contains("which is not other's"));
    }

    @Test
    void anOpenAddressIsFoundWhereNoneIsWanted() {
        Template open = Templates.of("service", Templates.OPEN);

        assertThat(PolicyWalk.findings(open.resolved(), "scibert", false)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'Action':'s3:*','Resource':'arn:aws:s3:::scibert-data/x'} | allows s3:*",
            "{'Action':'*','Resource':'arn:aws:s3:::scibert-data/x'} | allows *",
            "{'Action':['s3:Get*'],'Resource':['arn:aws:s3:::scibert-data/x']} | allows s3:Get*",
            "{'NotAction':'s3:GetObject','Resource':'arn:aws:s3:::scibert-data/x'} | NotAction",
            "{'Action':'s3:GetObject','Resource':'*'} | allows s3:GetObject on everything",
            "{'Action':'s3:GetObjekt','Resource':'arn:aws:s3:::scibert-data/x'} | allows s3:GetObjekt, which AWS does"
                    + " not know",
            "{'Action':'codedeploy:StopDeployment','Resource':'arn:aws:codedeploy:r:1:application:scibert-x'} "
                    + "| allows codedeploy:StopDeployment on a resource, and AWS takes only",
            "{'Action':'logs:DescribeIndexPolicies','Resource':'arn:aws:logs:r:1:log-group:/scibert/x'} "
                    + "| allows logs:DescribeIndexPolicies on a resource, and AWS takes only",
            "{'Action':'s3:GetObject','Resource':'arn:aws:s3:::elsewhere/x'} | which is not scibert's",
            "{'Action':'s3:GetObject','Resource':'arn:aws:s3:::other-scibert-data/x'} | which is not scibert's",
            "{'Action':'s3:GetObject','Resource':'arn:aws:s3:::scibertother/x'} | which is not scibert's",
            "{'Action':'iam:PassRole','Resource':'arn:aws:iam::1:role/*'} | which is not scibert's",
            "{'Action':'sqs:SendMessage','Resource':'arn:aws:sqs:r:1:scibert-q','Principal':'*'} | lets in *",
            "{'Action':'sts:AssumeRole','Principal':{'AWS':'arn:aws:iam::999:root'}} | lets in arn:aws:iam::999:root",
            "{'Action':'sts:AssumeRoleWithWebIdentity','Principal':{'Federated':'GitHub'}} | lets in GitHub"})
    void whatItShouldFindItFinds(String statement, String finding) throws JsonProcessingException {
        String template =
                "{'Resources':{'R':{'Type':'AWS::IAM::Policy','Properties':{'PolicyDocument':{'Statement':[%s]}}}}}"
                .formatted(statement).replace('\'', '"');

        assertThat(PolicyWalk.findings(new ObjectMapper().readTree(template), "scibert", false))
                .singleElement().asString().contains(finding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'Type':'AWS::S3::Bucket','Properties':{}} | may be made public",
            "{'Type':'AWS::EC2::SecurityGroupIngress','Properties':{}} | lets somebody in",
            "{'Type':'AWS::Lambda::Url','Properties':{'AuthType':'NONE'}} | is an address for everybody",
            "{'Type':'AWS::Lambda::Permission','Properties':{'Principal':'apigateway.amazonaws.com',"
                    + "'FunctionName':'scibert-classify:live'}} | lets apigateway.amazonaws.com call the function",
            "{'Type':'AWS::IAM::Role','Properties':"
                    + "{'ManagedPolicyArns':['arn:aws:iam::aws:policy/AdministratorAccess']}} "
                    + "| AdministratorAccess"})
    void otherWaysInAreFoundToo(String resource, String finding) throws JsonProcessingException {
        String template = "{'Resources':{'R':%s}}".formatted(resource).replace('\'', '"');

        assertThat(PolicyWalk.findings(new ObjectMapper().readTree(template), "scibert", false))
                .singleElement().asString().contains(finding);
    }
}
