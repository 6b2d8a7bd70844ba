package org.scibert.function.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.scibert.function.api.Api;
import org.scibert.function.api.ClassifyAnswer;
import org.scibert.function.api.ExplainAnswer;
import org.scibert.function.api.ModelAnswer;
import org.scibert.function.api.TokenizeAnswer;

/**
 * The functions that Funqy serves over HTTP, each under its name. {@link HttpRoutes} does the checks before them and
 * answers their failures.
 */
@Singleton
public class Functions {
    private final Api api;
    private final CurrentVertxRequest current;

    @Inject
    Functions(Api api, CurrentVertxRequest current) {
        this.api = api;
        this.current = current;
    }

    /** Texts to labels. */
    @Funq
    public ClassifyAnswer classify(JsonNode body) {
        RoutingContext http = current.getCurrent();
        return body(http, api.classify(body, HttpRoutes.key(http), HttpRoutes.deadline(http)));
    }

    /** Texts to tokens. */
    @Funq
    public TokenizeAnswer tokenize(JsonNode body) {
        RoutingContext http = current.getCurrent();
        return body(http, api.tokenize(body, HttpRoutes.key(http), HttpRoutes.deadline(http)));
    }

    /** Texts to contributions. */
    @Funq
    public ExplainAnswer explain(JsonNode body) {
        RoutingContext http = current.getCurrent();
        return body(http, api.explain(body, HttpRoutes.key(http), HttpRoutes.deadline(http)));
    }

    /** The model that answers. */
    @Funq
    public ModelAnswer model() {
        return body(current.getCurrent(), api.model());
    }

    /** Funqy writes the body alone; the headers go to the response under way. */
    private static <T> T body(RoutingContext http, Api.Answer<T> answer) {
        answer.headers().forEach(http.response()::putHeader);
        return answer.body();
    }
}
