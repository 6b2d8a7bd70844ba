package org.scibert.function.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.decision.Task;
import org.scibert.function.keys.KeySettings;
import org.scibert.function.keys.Keys;
import org.scibert.function.serving.Admission;
import org.scibert.function.serving.Deadline;
import org.scibert.function.serving.FakeModel;
import org.scibert.function.serving.Model;
import org.scibert.function.serving.ModelInService;
import org.scibert.function.serving.ServingLimits;
import org.scibert.function.serving.Trials;
import org.scibert.function.telemetry.Meters;
import org.scibert.function.telemetry.Traces;

/** APIs without a server around them. */
public final class Apis {
    static final ServingLimits USUAL = serving(4, Duration.ofMinutes(1));
    private static final Limits LIMITS = new Limits(1000, 4, 2, 100, Duration.ofSeconds(10));
    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule()).build();

    static {
        new StrictJson().customize(MAPPER);
    }

    private Apis() {}

    /** @param model in service; null for none */
    static Api with(Model model, ServingLimits limits) {
        return with(model, limits, admission(limits), new SimpleMeterRegistry());
    }

    static Api with(Model model, ServingLimits limits, Admission admission, MeterRegistry meters) {
        return with(model, limits, admission, meters, callers(""));
    }

    static Api with(
            Model model, ServingLimits limits, Admission admission, MeterRegistry meters, Callers callers) {
        ModelInService service = new ModelInService();
        return with(model, limits, admission, meters, callers, service, new Trials(service, meters));
    }

    /** One that says yes, with a candidate that says no to a half of the texts. */
    static Api withCandidate() {
        ModelInService service = new ModelInService();
        MeterRegistry meters = new SimpleMeterRegistry();
        Trials trials = new Trials(service, meters);
        trials.tryOpposite(0.5);
        return with(new FakeModel(Task.BINARY, List.of("no", "yes")), USUAL, admission(USUAL), meters, callers(""),
                service, trials);
    }

    private static Api with(
            Model model, ServingLimits limits, Admission admission, MeterRegistry meters, Callers callers,
            ModelInService service, Trials trials) {
        if (model != null) {
            trials.drift.begin(FakeModel.NAME, FakeModel.VERSION, model.rule(), model.driftReference());
            service.replace(model);
        }
        return new Api(new Bodies(MAPPER, LIMITS), LIMITS, limits, admission, service, trials.classifier, trials.canary,
                trials.drift, new Meters(meters), new Traces(OpenTelemetry.noop()), new StaticFiles(),
                new ResponseHeaders(List.of()), callers);
    }

    /**
     * The answer of an API in trouble: no key (401), too many requests (429), a model that fails (500), or none (503).
     */
    public static Response inTrouble(int status, String method, String path) {
        Model model = new FakeModel(Task.BINARY, List.of("no", "yes"));
        Model failing = new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public Id id() {
                throw new IllegalStateException("on purpose");
            }
        };
        byte[] body = "{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_8);
        Request request = new Request(method, path, Map.of(), body);
        return switch (status) {
            case 401 -> handle(with(model, USUAL, admission(USUAL), new SimpleMeterRegistry(),
                    callers("somebody:" + "0".repeat(64))), request);
            case 429 -> {
                // The one place is taken by whoever asks.
                ServingLimits limits = serving(1, Duration.ofMinutes(1));
                Admission one = admission(limits);
                yield one.run(new Deadline(limits.deadline()),
                        () -> handle(with(model, limits, one, new SimpleMeterRegistry()), request));
            }
            case 500 -> handle(with(failing, USUAL), request);
            case 503 -> handle(with(null, USUAL), request);
            default -> throw new IllegalArgumentException("no trouble has status " + status);
        };
    }

    /** What an API with this model in service answers. */
    public static JsonNode ask(Model model, String method, String path, String body) throws IOException {
        Request request = new Request(
                method, path, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        return json(handle(with(model, USUAL), request));
    }

    /** @param keys as in API_KEYS; everything wants one of them */
    static Callers callers(String keys) {
        KeySettings settings = new KeySettings(
                Optional.of(keys).filter(k -> !k.isEmpty()), Optional.empty(), Duration.ofMinutes(1));
        return new Callers(
                new Keys(settings), new Meters(new SimpleMeterRegistry()), EnumSet.allOf(Callers.Part.class));
    }

    static ServingLimits serving(int concurrent, Duration deadline) {
        return new ServingLimits(concurrent, deadline, deadline, 1);
    }

    static Admission admission(ServingLimits limits) {
        return new Admission(limits, new Meters(new SimpleMeterRegistry()));
    }

    static Response handle(Api api, Request request) {
        return api.handle(request, api.deadline(request.path()));
    }

    static Request get(String path) {
        return new Request("GET", path, Map.of(), new byte[0]);
    }

    static Request post(String path, String body) {
        return new Request(
                "POST", path, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(Response response) throws IOException {
        return MAPPER.readTree(response.body());
    }
}
