package org.scibert.function.room;

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

/** Rooms without a server around them. */
public final class Rooms {
    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule()).build();

    static {
        new StrictJson().customize(MAPPER);
    }

    private Rooms() {}

    /** @param model in service; null for none */
    static Room with(Model model, Limits limits) {
        return with(model, limits, new Admission(limits));
    }

    static Room with(Model model, Limits limits, Admission admission) {
        ModelInService service = new ModelInService();
        if (model != null) {
            service.replace(model);
        }
        return new Room(new Json(MAPPER), limits, admission, service, new Meters(new SimpleMeterRegistry(), admission),
                new Traces(OpenTelemetry.noop()), new OpenApi());
    }

    /** What a room in trouble answers: too many requests (429), a model that fails (500), or none (503). */
    public static Response inTrouble(int status, String method, String path) {
        Model model = new FakeModel(Task.BINARY, List.of("no", "yes"));
        Model failing = new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public ModelAnswer about() {
                throw new IllegalStateException("on purpose");
            }
        };
        byte[] body = "{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_8);
        Request request = new Request(method, path, null, null, body);
        return switch (status) {
            case 429 -> {
                // The one place is taken by whoever asks.
                Limits one = TestLimits.concurrent(1, 0);
                Admission admission = new Admission(one);
                yield admission.admit(deadline -> with(model, one, admission).handle(request));
            }
            case 500 -> with(failing, TestLimits.usual()).handle(request);
            case 503 -> with(null, TestLimits.usual()).handle(request);
            default -> throw new IllegalArgumentException("no trouble has status " + status);
        };
    }

    public static Meters meters() {
        return new Meters(new SimpleMeterRegistry(), new Admission(TestLimits.usual()));
    }

    static Request post(String path, String body) {
        return new Request("POST", path, "application/json", null, body.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(Response response) throws IOException {
        return MAPPER.readTree(response.body());
    }
}
