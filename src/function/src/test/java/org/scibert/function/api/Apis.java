package org.scibert.function.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.scibert.decision.Task;
import org.scibert.function.serving.Admission;
import org.scibert.function.serving.Deadline;
import org.scibert.function.serving.FakeModel;
import org.scibert.function.serving.Model;
import org.scibert.function.serving.ModelInService;
import org.scibert.function.serving.ServingLimits;
import org.scibert.function.serving.TestServingLimits;
import org.scibert.function.telemetry.Meters;
import org.scibert.function.telemetry.Traces;
import org.scibert.release.Manifest;

/** APIs without a server around them. */
public final class Apis {
    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule()).build();

    static {
        new StrictJson().customize(MAPPER);
    }

    private Apis() {}

    /** @param model in service; null for none */
    static Api with(Model model, ServingLimits limits) {
        return with(model, limits, new Admission(limits, meters()));
    }

    static Api with(Model model, ServingLimits limits, Admission admission) {
        ModelInService service = new ModelInService();
        if (model != null) {
            service.replace(model);
        }
        return new Api(new Bodies(MAPPER, TestLimits.SMALL), TestLimits.SMALL, limits, admission, service, meters(),
                new Traces(OpenTelemetry.noop()), new StaticFiles());
    }

    /** The answer of an API in trouble: too many requests (429), a model that fails (500), or none (503). */
    public static Response inTrouble(int status, String method, String path) {
        Model model = new FakeModel(Task.BINARY, List.of("no", "yes"));
        Model failing = new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public Manifest manifest() {
                throw new IllegalStateException("on purpose");
            }
        };
        byte[] body = "{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_8);
        Request request = new Request(method, path, null, null, body);
        return switch (status) {
            case 429 -> {
                // The one place is taken by whoever asks.
                ServingLimits one = TestServingLimits.concurrent(1, 0);
                Admission admission = new Admission(one, meters());
                yield admission.run(new Deadline(one.deadline()), () -> with(model, one, admission).handle(request));
            }
            case 500 -> with(failing, TestServingLimits.usual()).handle(request);
            case 503 -> with(null, TestServingLimits.usual()).handle(request);
            default -> throw new IllegalArgumentException("no trouble has status " + status);
        };
    }

    private static Meters meters() {
        return new Meters(new SimpleMeterRegistry());
    }

    static Request post(String path, String body) {
        return new Request("POST", path, "application/json", null, body.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(Response response) throws IOException {
        return MAPPER.readTree(response.body());
    }
}
