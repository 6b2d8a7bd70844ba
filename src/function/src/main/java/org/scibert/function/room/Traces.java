package org.scibert.function.room;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;

/** Spans of what the room does, under the one that the door began. Numbers and versions only; nothing of a text. */
@Singleton
public final class Traces {
    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
            return headers.get(name);
        }
    };

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    @Inject
    Traces(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("org.scibert.function");
    }

    /**
     * The span of a request at a door where nobody else makes one; the caller's own is its parent.
     *
     * @param headers with names in lower case
     */
    public Response serve(Request request, Map<String, String> headers, Function<Request, Response> room) {
        Context caller =
                telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), headers, HEADERS);
        Span span = tracer.spanBuilder(request.method())
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.method())
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            Response response = room.apply(request);
            span.setAttribute("http.response.status_code", response.status());
            return response;
        } finally {
            span.end();
        }
    }

    /** The work, to be done in another thread under the span of this one. */
    <A, T> Function<A, T> carried(Function<A, T> work) {
        return Context.current().wrapFunction(work);
    }

    /** Does the work within a span; what it throws marks the span by its class, never by its message. */
    <T> T in(String name, Function<Span, T> work) {
        Span span = tracer.spanBuilder(name).startSpan();
        try (Scope scope = span.makeCurrent()) {
            return work.apply(span);
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
            throw e;
        } finally {
            span.end();
        }
    }
}
