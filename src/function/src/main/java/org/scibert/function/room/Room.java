package org.scibert.function.room;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.scibert.text.Batch;
import org.scibert.text.TokenizedText;

/** Checks and answers requests, whichever door they came through. */
@Singleton
public final class Room {
    private static final Logger LOG = Logger.getLogger(Room.class);

    private final Json json;
    private final Limits limits;
    private final Admission admission;
    private final ModelInService service;
    private final Meters meters;
    private final Traces traces;
    private final OpenApi openApi;

    @Inject
    public Room(
            Json json,
            Limits limits,
            Admission admission,
            ModelInService service,
            Meters meters,
            Traces traces,
            OpenApi openApi) {
        this.json = json;
        this.limits = limits;
        this.admission = admission;
        this.service = service;
        this.meters = meters;
        this.traces = traces;
        this.openApi = openApi;
    }

    /** Answers or refuses; never throws. */
    public Response handle(Request request) {
        try {
            byte[] body = check(request);
            return switch (Endpoint.of(request.method(), request.path())) {
                case CLASSIFY -> response(classify(json.read(body, ClassifyRequest.class)));
                case TOKENIZE -> response(tokenize(json.read(body, TokenizeRequest.class)));
                case MODEL -> response(model());
                case OPENAPI -> openApi.response();
            };
        } catch (Exception e) {
            return refuse(e);
        }
    }

    /**
     * What is checked before a body is read.
     *
     * @return the body's own bytes, no longer packed
     * @throws Refusal if path, method, media type or size are not right
     */
    public byte[] check(Request request) {
        if (!Endpoint.of(request.method(), request.path()).takesBody()) {
            return new byte[0];
        }
        Bodies.checkType(request);
        return Bodies.unpack(request, limits.bodyBytes());
    }

    /**
     * Texts to labels.
     *
     * @param request null if the body was JSON's null
     * @throws Refusal if the texts are not within the limits, or can't be answered now
     */
    public Answer<ClassifyAnswer> classify(ClassifyRequest request) {
        Texts.check(request == null ? null : request.texts(), limits);
        return work(Endpoint.CLASSIFY, (model, work) -> {
            ClassifyAnswer answer = new Classifying(model, work.deadline(), work.timings()).classify(request);
            meters.read(answer);
            return answer;
        });
    }

    /**
     * Texts to tokens.
     *
     * @param request null if the body was JSON's null
     * @throws Refusal if the texts are not within the limits, or can't be answered now
     */
    public Answer<TokenizeAnswer> tokenize(TokenizeRequest request) {
        Texts.check(request == null ? null : request.texts(), limits);
        return work(Endpoint.TOKENIZE, (model, work) -> {
            int maxTokens = model.about().maxTokens();
            List<TokenizedText> texts = work.timings().tokenize(() -> model.tokenize(request.texts(), maxTokens));
            Batch batch = model.batch(texts.stream().map(TokenizedText::encoding).toList());
            return TokenizeAnswer.of(texts, batch, model.about().id());
        });
    }

    /** @throws Refusal if there is no model */
    public Answer<ModelAnswer> model() {
        ModelAnswer about = service.use(Model::about);
        meters.answered(Endpoint.MODEL);
        return new Answer<>(about, Map.of("Model-Version", about.version()));
    }

    /** Turns what went wrong into an answer. What isn't a refusal is ours: it is logged, the caller learns nothing. */
    public Response refuse(Throwable cause) {
        Refusal refusal;
        if (cause instanceof Refusal r) {
            refusal = r;
        } else {
            LOG.error("a request failed: " + Redacted.describe(cause));
            refusal = new Refusal(Problem.INTERNAL, "the function failed; the cause is in its log");
        }
        meters.refused(refusal.problem());
        return response(refusal.problem().status(), refusal.body(), refusal.headers());
    }

    /** Refuses a request that a door could not bring through; the reason is found here, so that both say the same. */
    public Response refuse(Request request) {
        Response response = handle(request);
        return response.status() == 200
                ? refuse(new IllegalStateException("a door could not read what the room can: this is a bug"))
                : response;
    }

    private record Work(Admission.Deadline deadline, Timings timings) {}

    private <T> Answer<T> work(Endpoint endpoint, BiFunction<Model, Work, T> function) {
        return admission.admit(traces.carried(deadline -> service.use(model -> {
            Work work = new Work(deadline, new Timings(traces));
            T body = traces.in(endpoint.path(), span -> {
                span.setAttribute("model.name", model.about().name());
                span.setAttribute("model.version", model.about().version());
                return function.apply(model, work);
            });
            meters.took(work.timings());
            meters.answered(endpoint);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Model-Version", model.about().version());
            headers.put("Server-Timing", work.timings().serverTiming());
            return new Answer<>(body, headers);
        })));
    }

    private Response response(Answer<?> answer) {
        return response(200, answer.body(), answer.headers());
    }

    private Response response(int status, Object body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        all.putAll(headers);
        return new Response(status, all, json.write(body));
    }
}
