package org.scibert.infra.gateway;

import java.util.List;
import org.scibert.infra.Names;
import org.scibert.infra.config.GatewayConfig;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnApiMapping;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnDomainName;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * An HTTP API whose JWT authorizer stands before the function. Its events are those of the Function URL (payload format
 * 2.0), so the function can't tell the two addresses apart.
 *
 * <p>CloudFront with origin access control would be the other way to sign for callers. It replaces the caller's
 * {@code Authorization} header, asks each caller for the SHA-256 of the body ({@code x-amz-content-sha256}), and knows
 * no tokens of its own.
 */
public final class GatewayStack extends Stack {
    /** What API Gateway waits at most; the function's own deadline is 20 s. */
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final List<String> WITH_TOKEN =
            List.of("POST /classify", "POST /tokenize", "POST /explain", "GET /model");
    /** The page's files, and the preflights of pages elsewhere, which carry no token. */
    private static final List<String> PAGE = List.of("GET /", "GET /page/{file+}", "GET /openapi.yaml");
    private static final String PREFLIGHTS = "OPTIONS /{path+}";
    /** Neither the query nor the body: a text may be in both. */
    private static final String ACCESS = """
            {"time":"$context.requestTime","request":"$context.requestId","route":"$context.routeKey",\
            "status":"$context.status","millis":"$context.responseLatency","error":"$context.authorizer.error"}""";

    public GatewayStack(Construct scope, InfraConfig config, Names names, StackProps props) {
        super(scope, names.of("gateway"), props);
        GatewayConfig settings = config.gateway();
        CfnApi api = CfnApi.Builder.create(this, "Api")
                .name(names.of("classify"))
                .description("Asks the callers of " + names.of("classify") + " for a token")
                .protocolType("HTTP")
                .disableExecuteApiEndpoint(settings.domain().isPresent())
                .build();
        routes(settings, api, names);
        stage(settings, api, names);
        CfnPermission.Builder.create(this, "Permission")
                .action("lambda:InvokeFunction")
                .functionName(names.functionArn() + ":live")
                .principal("apigateway.amazonaws.com")
                .sourceAccount(getAccount())
                .sourceArn(names.arn("execute-api", api.getRef() + "/*"))
                .build();
    }

    private void routes(GatewayConfig settings, CfnApi api, Names names) {
        CfnIntegration function = CfnIntegration.Builder.create(this, "Function")
                .apiId(api.getRef())
                .integrationType("AWS_PROXY")
                .integrationUri(names.functionArn() + ":live")
                .payloadFormatVersion("2.0")
                .timeoutInMillis(TIMEOUT_MILLIS)
                .build();
        CfnAuthorizer tokens = CfnAuthorizer.Builder.create(this, "Tokens")
                .apiId(api.getRef())
                .name("tokens")
                .authorizerType("JWT")
                .identitySource(List.of("$request.header.Authorization"))
                .jwtConfiguration(CfnAuthorizer.JWTConfigurationProperty.builder()
                        .issuer(settings.issuer().orElseThrow())
                        .audience(settings.audiences())
                        .build())
                .build();
        String target = "integrations/" + function.getRef();
        for (String key : WITH_TOKEN) {
            route(api, key, target).authorizationType("JWT").authorizerId(tokens.getRef())
                    .authorizationScopes(settings.scopes().isEmpty() ? null : settings.scopes())
                    .build();
        }
        route(api, PREFLIGHTS, target).authorizationType("NONE").build();
        if (settings.page()) {
            PAGE.forEach(key -> route(api, key, target).authorizationType("NONE").build());
        }
    }

    private CfnRoute.Builder route(CfnApi api, String key, String target) {
        return CfnRoute.Builder.create(this, "Route " + key.replaceAll("[^A-Za-z]+", " ").strip())
                .apiId(api.getRef()).routeKey(key).target(target);
    }

    private void stage(GatewayConfig settings, CfnApi api, Names names) {
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .logGroupName(names.logGroup("gateway"))
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        CfnStage stage = CfnStage.Builder.create(this, "Stage")
                .apiId(api.getRef())
                .stageName("$default")
                .autoDeploy(true)
                .defaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                        .throttlingRateLimit(settings.requestsPerSecond())
                        .throttlingBurstLimit(2 * settings.requestsPerSecond())
                        .build())
                .accessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                        .destinationArn(names.logGroupArn("gateway")).format(ACCESS).build())
                .build();
        stage.getNode().addDependency(log);
        settings.domain().ifPresentOrElse(domain -> own(settings, domain, api, stage), () ->
                output("Url", "https://" + api.getRef() + ".execute-api." + getRegion() + "." + getUrlSuffix() + "/"));
    }

    private void own(GatewayConfig settings, String name, CfnApi api, CfnStage stage) {
        CfnDomainName domain = CfnDomainName.Builder.create(this, "Domain")
                .domainName(name)
                .domainNameConfigurations(List.of(CfnDomainName.DomainNameConfigurationProperty.builder()
                        .certificateArn(settings.certificateArn().orElseThrow())
                        .endpointType("REGIONAL")
                        .securityPolicy("TLS_1_2")
                        .build()))
                .build();
        CfnApiMapping mapping = CfnApiMapping.Builder.create(this, "Mapping")
                .apiId(api.getRef()).domainName(domain.getRef()).stage(stage.getRef()).build();
        mapping.addDependency(stage);
        output("Url", "https://" + name + "/");
        // Where the name's CNAME record in DNS must point.
        output("DnsTarget", domain.getAttrRegionalDomainName());
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
