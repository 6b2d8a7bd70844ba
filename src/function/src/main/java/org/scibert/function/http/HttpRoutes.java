package org.scibert.function.http;

import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scibert.function.api.Api;
import org.scibert.function.api.Callers;
import org.scibert.function.api.Endpoint;
import org.scibert.function.api.Limits;
import org.scibert.function.api.Problem;
import org.scibert.function.api.Refusal;
import org.scibert.function.api.Request;
import org.scibert.function.api.Response;
import org.scibert.function.api.ResponseHeaders;
import org.scibert.function.serving.Admission;
import org.scibert.function.serving.Deadline;
import org.scibert.io.Text;

/**
 * The routes around Funqy: the checks before it, the one shape of errors after it, and all other paths. They run on the
 * server's event loops and never wait.
 */
@Singleton
public class HttpRoutes {
    /** Before Quarkus reads the body. */
    private static final int BEFORE_BODY = Integer.MIN_VALUE;
    /** After Quarkus has read the body, before Funqy. */
    private static final int BEFORE_FUNQY = -100;

    /** Health and metrics. */
    private static final String QUARKUS = "/q/";

    private static final String DEADLINE = "deadline";
    private static final String KEY = "key";
    private static final String BODY_TIMER = "bodyTimer";
    private static final int TOO_LARGE = 413;

    private final Api api;
    private final ResponseHeaders headers;
    private final Callers callers;
    private final RetryPacing pacing = new RetryPacing();
    private final int maxBytes;
    private final long bodyMillis;

    @Inject
    HttpRoutes(Api api, ResponseHeaders headers, Callers callers, Limits limits) {
        this.api = api;
        this.headers = headers;
        this.callers = callers;
        this.maxBytes = limits.bodyBytes();
        this.bodyMillis = limits.bodyTimeout().toMillis();
    }

    void add(@Observes Router router) {
        router.route().order(BEFORE_BODY).handler(this::beforeAll);
        for (Endpoint endpoint : Endpoint.values()) {
            if (endpoint.takesBody()) {
                router.post(endpoint.path()).order(BEFORE_BODY).handler(this::beforeBody);
            }
            router.route(endpoint.path()).order(BEFORE_FUNQY).handler(this::check);
        }
        router.route().order(Integer.MAX_VALUE - 1).handler(this::notFound);
        router.route().order(BEFORE_FUNQY).failureHandler(this::fail);
    }

    /** The deadline of a request that has been checked. */
    static Deadline deadline(RoutingContext http) {
        return http.get(DEADLINE);
    }

    /**
     * Gives the answer its headers and asks for a key, whoever will write the answer: these routes, Funqy, or Quarkus's
     * health and metrics.
     */
    private void beforeAll(RoutingContext http) {
        addHeaders(http);
        String path;
        try {
            path = http.normalizedPath(); // by which Quarkus finds its own; ours are taken as they arrive
        } catch (IllegalArgumentException e) {
            notFound(http); // of a path such as /%zz no route can be found
            http.request().resume();
            return;
        }
        boolean ours = !path.startsWith(QUARKUS);
        try {
            http.put(KEY, callers.admit(new Request(http.request().method().name(), ours ? http.request().path() : path,
                    headers(http.request()), new byte[0])));
        } catch (Refusal refusal) {
            // A body of unknown length is read first, and then refused: it can't be dropped to keep the connection.
            if (!ours || hasNoBody(http.request()) || declaredLength(http.request()) <= maxBytes) {
                send(http, api.refuse(refusal));
                http.request().resume();
                return;
            }
        }
        http.next();
    }

    private static boolean hasNoBody(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void addHeaders(RoutingContext http) {
        String origin = headers(http.request()).get("origin");
        headers.of(origin).forEach(http.response()::putHeader);
    }

    /** The name of the key's holder, of a request that has been checked; empty where no key is asked for. */
    static Optional<String> key(RoutingContext http) {
        return http.get(KEY);
    }

    /** Refuses what would be refused anyway, before the body is read. */
    private void beforeBody(RoutingContext http) {
        // A body of unknown length can't be dropped to keep the connection: it may never end.
        if (!api.isFull() || declaredLength(http.request()) > maxBytes) {
            readBody(http);
            return;
        }
        long hold = pacing.millisToHold(http.request().connection());
        if (hold == 0) {
            refuseAsFull(http);
            return;
        }
        http.request().pause();
        pacing.hold();
        long timer = http.vertx().setTimer(hold, id -> {
            if (api.isFull()) {
                refuseAsFull(http);
            } else {
                readBody(http);
                http.request().resume();
            }
        });
        http.addEndHandler(ended -> http.vertx().cancelTimer(timer));
        http.addEndHandler(ended -> pacing.release());
    }

    private void refuseAsFull(RoutingContext http) {
        pacing.refused(http.request().connection());
        send(http, api.refuse(Admission.overloaded()));
        http.request().resume(); // what has been sent of the body is dropped, so that the connection can go on
    }

    /** Gives the body a time to arrive in. */
    private void readBody(RoutingContext http) {
        long timer = http.vertx().setTimer(bodyMillis, id -> bodyTimedOut(http));
        http.put(BODY_TIMER, timer);
        http.addEndHandler(ended -> http.vertx().cancelTimer(timer));
        http.next();
    }

    /** {@link Long#MAX_VALUE} if the request does not declare it: chunks may go on for ever. */
    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? Long.MAX_VALUE : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void bodyTimedOut(RoutingContext http) {
        http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        send(http, api.refuse(new Refusal(Problem.REQUEST_TIMEOUT,
                Text.format("the body did not arrive within %d ms; send it at once", bodyMillis))));
        http.request().connection().close();
    }

    private void check(RoutingContext http) {
        Long timer = http.remove(BODY_TIMER);
        if (timer != null) {
            http.vertx().cancelTimer(timer);
        }
        Request request = request(http);
        if (http.request().method() == HttpMethod.OPTIONS) {
            send(http, api.handle(request, api.deadline(request.path())));
            return;
        }
        try {
            if (key(http) == null) {
                http.put(KEY, callers.admit(request));
            }
            byte[] body = api.check(request);
            if (request.header("content-encoding") != null) {
                ((RoutingContextInternal) http).setBody(Buffer.buffer(body));
            }
        } catch (Refusal refusal) {
            http.fail(refusal);
            return;
        }
        if (request.path().equals(Endpoint.OPENAPI.path()) || http.request().method() == HttpMethod.HEAD) {
            send(http, api.handle(request, api.deadline(request.path())));
            return;
        }
        Deadline deadline = api.deadline(request.path());
        http.put(DEADLINE, deadline);
        http.addEndHandler(ended -> {
            if (ended.failed()) {
                deadline.abandon();
            }
        });
        http.next();
    }

    private void notFound(RoutingContext http) {
        send(http, api.handle(request(http), api.deadline(http.request().path())));
    }

    /**
     * Answers what failed on the way to a function or in it. Vert.x refuses a request without a valid Host; Funqy fails
     * with a status alone when it can't read a body, and wraps what a function throws; a body over the limit never came
     * in whole.
     */
    private void fail(RoutingContext http) {
        if (!http.response().headWritten()) {
            addHeaders(http); // what is refused before the first route has none
        }
        Throwable cause = http.failure() instanceof ApplicationException wrapped ? wrapped.getCause() : http.failure();
        if (cause instanceof HttpClosedException) {
            api.refuse(new Refusal(Problem.CALLER_GONE, "the caller has gone"));
        } else if (http.request().authority() == null) {
            send(http, api.refuse(new Refusal(Problem.INVALID_REQUEST,
                    "the request has no valid Host header; send one, as in Host: example.org")));
        } else if (cause != null && http.get(BODY_TIMER) != null) {
            // Netty's exception for a body that breaks HTTP's own rules, such as a chunk without a length.
            send(http, api.refuse(new Refusal(Problem.INVALID_REQUEST, "the body is not sent as HTTP/1.1 sends one")));
        } else {
            send(http, cause == null ? api.refuse(request(http)) : api.refuse(cause));
        }
    }

    private static Request request(RoutingContext http) {
        HttpServerRequest request = http.request();
        return new Request(request.method().name(), request.path(), headers(request), body(http));
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (first, next) -> first + "," + next));
        return headers;
    }

    private static byte[] body(RoutingContext http) {
        if (http.statusCode() == TOO_LARGE) {
            return null;
        }
        Buffer body = http.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private static void send(RoutingContext http, Response response) {
        HttpServerResponse out = http.response();
        if (out.ended() || out.closed()) {
            return;
        }
        out.setStatusCode(response.status());
        response.headers().forEach(out::putHeader);
        if (http.request().method() == HttpMethod.HEAD) {
            out.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(response.body().length)).end();
        } else {
            out.end(Buffer.buffer(response.body()));
        }
    }
}
