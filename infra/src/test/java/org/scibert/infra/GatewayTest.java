package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final String[] OWN_NAME = {
        "GATEWAY_DOMAIN=classify.example.org",
        "GATEWAY_CERTIFICATE_ARN=arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"
    };

    private final Template template = Templates.of("gateway");

    @Test
    void thereIsNoneWithoutAnIssuer() {
        assertThat(Templates.all("GATEWAY_JWT_ISSUER=", "GATEWAY_JWT_AUDIENCES=")).doesNotContainKey("gateway");
    }

    @Test
    void everyQuestionNeedsATokenOfTheIssuerForTheAudience() {
        JsonNode tokens = template.only("AWS::ApiGatewayV2::Authorizer");

        assertThat(tokens.get("AuthorizerType").asText()).isEqualTo("JWT");
        assertThat(tokens.at("/JwtConfiguration/Issuer").asText()).isEqualTo("https://login.example.org/team");
        assertThat(tokens.at("/JwtConfiguration/Audience").toString()).isEqualTo("[\"classifier\"]");
        assertThat(routes(template)).isEqualTo(Map.of(
                "POST /classify", "JWT", "POST /tokenize", "JWT", "POST /explain", "JWT", "GET /model", "JWT",
                "OPTIONS /{path+}", "NONE"));
    }

    @Test
    void thePageIsOpenOnlyByChoice() {
        assertThat(routes(Templates.of("gateway", "GATEWAY_PAGE=true")))
                .containsEntry("GET /", "NONE").containsEntry("GET /page/{file+}", "NONE")
                .containsEntry("GET /openapi.yaml", "NONE").containsEntry("POST /classify", "JWT").hasSize(8);
    }

    @Test
    void scopesAreAskedForWhereTheyAreGiven() {
        Template scoped = Templates.of("gateway", "GATEWAY_JWT_SCOPES=classify, read");

        assertThat(scoped.all("AWS::ApiGatewayV2::Route").stream().map(route -> route.get("Properties"))
                .filter(route -> route.get("AuthorizationType").asText().equals("JWT")))
                .allSatisfy(route -> assertThat(route.get("AuthorizationScopes").toString())
                        .isEqualTo("[\"classify\",\"read\"]"));
    }

    @Test
    void itsEventsAreThoseOfTheFunctionUrl() {
        JsonNode integration = template.only("AWS::ApiGatewayV2::Integration");

        assertThat(integration.get("PayloadFormatVersion").asText()).isEqualTo("2.0");
        assertThat(integration.get("IntegrationUri").asText())
                .isEqualTo("arn:aws:lambda:eu-west-1:111122223333:function:scibert-classify:live");
    }

    @Test
    void theAliasMayBeCalledByThisGatewayAlone() {
        JsonNode permission = template.only("AWS::Lambda::Permission");

        assertThat(permission.get("FunctionName").asText()).endsWith(":function:scibert-classify:live");
        assertThat(permission.get("SourceArn").asText()).isEqualTo("arn:aws:execute-api:eu-west-1:111122223333:Api/*");
        assertThat(permission.get("SourceAccount").asText()).isEqualTo("111122223333");
    }

    @Test
    void callersAreSlowedDownTogetherAndNoTextIsLogged() {
        JsonNode stage = Templates.of("gateway", "GATEWAY_REQUESTS_PER_SECOND=7").only("AWS::ApiGatewayV2::Stage");

        assertThat(stage.at("/DefaultRouteSettings/ThrottlingRateLimit").asInt()).isEqualTo(7);
        assertThat(stage.at("/DefaultRouteSettings/ThrottlingBurstLimit").asInt()).isEqualTo(14);
        assertThat(stage.at("/AccessLogSettings/DestinationArn").asText()).endsWith(":log-group:/scibert/gateway");
        assertThat(stage.at("/AccessLogSettings/Format").asText()).doesNotContain("query", "body", "rawPath");
    }

    @Test
    void aNameOfOnesOwnTakesThePlaceOfAwss() {
        Template own = Templates.of("gateway", OWN_NAME);

        assertThat(own.only("AWS::ApiGatewayV2::DomainName").get("DomainName").asText())
                .isEqualTo("classify.example.org");
        assertThat(own.only("AWS::ApiGatewayV2::Api").get("DisableExecuteApiEndpoint").asBoolean()).isTrue();
        assertThat(own.resolved().at("/Outputs/Url/Value").asText()).isEqualTo("https://classify.example.org/");
        assertThat(own.resolved().at("/Outputs/DnsTarget/Value").asText()).endsWith(".RegionalDomainName");
        assertThat(template.only("AWS::ApiGatewayV2::Api").get("DisableExecuteApiEndpoint").asBoolean()).isFalse();
        assertThat(template.resolved().at("/Outputs/Url/Value").asText())
                .isEqualTo("https://Api.execute-api.eu-west-1.amazonaws.com/");
    }

    private static Map<String, String> routes(Template template) {
        List<JsonNode> routes = template.all("AWS::ApiGatewayV2::Route");
        return routes.stream().map(route -> route.get("Properties"))
                .collect(Collectors.toMap(route -> route.get("RouteKey").asText(),
                        route -> route.get("AuthorizationType").asText()));
    }
}
