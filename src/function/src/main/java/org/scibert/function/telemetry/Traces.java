package org.scibert.function.telemetry;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.scibert.io.Text;

/** The spans of requests and of their steps. They hold numbers and versions only; nothing of a text. */
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
    public Traces(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("org.scibert.function");
    }

    /** A request's span, current in its thread until it is closed. */
    public static final class ServerSpan implements AutoCloseable {
        private final Span span;
        private final Scope scope;

        private ServerSpan(Span span) {
            this.span = span;
            this.scope = span.makeCurrent();
        }

        public void status(int status) {
            span.setAttribute("http.response.status_code", status);
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }

    /** The work for one request: a span, current in its thread until it is closed, and the time of each step. */
    public final class Work implements AutoCloseable {
        private final Span span;
        private final Scope scope;
        private final Map<String, Long> stepNanos = new LinkedHashMap<>();

        private Work(Span span) {
            this.span = span;
            this.scope = span.makeCurrent();
        }

        /** Does a step within a span of its own; a failure marks both spans by its class, never by its message. */
        public <T> T step(String name, Supplier<T> step) {
            long start = System.nanoTime();
            Span inner = tracer.spanBuilder(name).startSpan();
            try (Scope current = inner.makeCurrent()) {
                return step.get();
            } catch (RuntimeException e) {
                inner.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
                span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
                throw e;
            } finally {
                inner.end();
                stepNanos.merge(name, System.nanoTime() - start, Long::sum);
            }
        }

        /** The time of each step so far, in nanoseconds. */
        public Map<String, Long> stepNanos() {
            return Map.copyOf(stepNanos);
        }

        /** The value of the header Server-Timing, in milliseconds. */
        public String serverTiming() {
            return stepNanos.entrySet().stream()
                    .map(s -> Text.format("%s;dur=%.2f", s.getKey(), s.getValue() / 1e6))
                    .collect(Collectors.joining(", "));
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }

    /**
     * Begins the span of a request for which no server makes one; the caller's own span is its parent.
     *
     * @param headers with names in lower case
     */
    public ServerSpan serve(String method, Map<String, String> headers) {
        Context caller =
                telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), headers, HEADERS);
        return new ServerSpan(tracer.spanBuilder(method)
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", method)
                .startSpan());
    }

    /** Begins the work for a request, with the model that does it. */
    public Work begin(String endpoint, String modelName, String modelVersion) {
        return new Work(tracer.spanBuilder(endpoint)
                .setAttribute("model.name", modelName)
                .setAttribute("model.version", modelVersion)
                .startSpan());
    }
}
