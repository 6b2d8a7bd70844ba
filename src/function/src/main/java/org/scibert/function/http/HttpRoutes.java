package org.scibert.function.http;

import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.scibert.function.api.Endpoint;
import org.scibert.function.api.Refusal;
import org.scibert.function.api.Request;
import org.scibert.function.api.Response;
import org.scibert.function.api.Api;

/** The routes around Funqy: the checks before it, the one shape of errors after it, and all other paths. */
@Singleton
public class HttpRoutes {
    /** After Quarkus has read the body, before Funqy. */
    private static final int BEFORE_FUNQY = -100;

    private final Api api;

    @Inject
    HttpRoutes(Api api) {
        this.api = api;
    }

    void add(@Observes Router router) {
        for (Endpoint endpoint : Endpoint.values()) {
            router.route(endpoint.path()).order(BEFORE_FUNQY).handler(this::check);
        }
        router.route().order(Integer.MAX_VALUE - 1).handler(this::notFound);
        router.route().order(BEFORE_FUNQY).failureHandler(this::fail);
    }

    private void check(RoutingContext http) {
        Request request = request(http);
        try {
            byte[] body = api.check(request);
            if (request.contentEncoding() != null) {
                ((RoutingContextInternal) http).setBody(Buffer.buffer(body));
            }
        } catch (Refusal refusal) {
            http.fail(refusal);
            return;
        }
        if (request.path().equals(Endpoint.OPENAPI.path())) {
            send(http, api.handle(request));
        } else {
            http.next();
        }
    }

    private void notFound(RoutingContext http) {
        send(http, api.handle(request(http)));
    }

    /**
     * Funqy fails with a status alone when it can't read a body, and wraps what a function throws; a body over the
     * limit never came in whole.
     */
    private void fail(RoutingContext http) {
        Throwable cause = http.failure() instanceof ApplicationException wrapped ? wrapped.getCause() : http.failure();
        send(http, cause == null ? api.refuse(request(http)) : api.refuse(cause));
    }

    private static Request request(RoutingContext http) {
        HttpServerRequest request = http.request();
        return new Request(request.method().name(), request.path(), request.getHeader(HttpHeaders.CONTENT_TYPE),
                request.getHeader(HttpHeaders.CONTENT_ENCODING), body(http));
    }

    private static byte[] body(RoutingContext http) {
        if (http.statusCode() == 413) {
            return null;
        }
        Buffer body = http.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private static void send(RoutingContext http, Response response) {
        http.response().setStatusCode(response.status());
        response.headers().forEach(http.response()::putHeader);
        http.response().end(Buffer.buffer(response.body()));
    }
}
