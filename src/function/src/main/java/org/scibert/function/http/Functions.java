package org.scibert.function.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerResponse;
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
        return body(api.classify(body));
    }

    /** Texts to tokens. */
    @Funq
    public TokenizeAnswer tokenize(JsonNode body) {
        return body(api.tokenize(body));
    }

    /** Texts to contributions. */
    @Funq
    public ExplainAnswer explain(JsonNode body) {
        return body(api.explain(body));
    }

    /** The model that answers. */
    @Funq
    public ModelAnswer model() {
        return body(api.model());
    }

    /** Funqy writes the body alone; the headers go to the response under way. */
    private <T> T body(Api.Answer<T> answer) {
        HttpServerResponse response = current.getCurrent().response();
        answer.headers().forEach(response::putHeader);
        return answer.body();
    }
}
