package org.scibert.function.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Checks and answers requests, whichever door they came through. */
@Singleton
public final class Room {
    private static final Logger LOG = Logger.getLogger(Room.class);
    /** Texts that the network reads at a time; between batches the deadline is looked at. */
    private static final int BATCH = 8;

    private final ObjectMapper json;
    private final Limits limits;
    private final Admission admission;
    private final ModelInService model;
    private final byte[] openApi;

    @Inject
    public Room(ObjectMapper json, Limits limits, Admission admission, ModelInService model) {
        this.json = json;
        this.limits = limits;
        this.admission = admission;
        this.model = model;
        try (InputStream in = Room.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            this.openApi = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers or refuses; never throws. */
    public Response handle(Request request) {
        try {
            byte[] body = check(request);
            return switch (Endpoint.of(request.method(), request.path())) {
                case CLASSIFY -> response(classify(read(body, ClassifyRequest.class)));
                case TOKENIZE -> response(tokenize(read(body, TokenizeRequest.class)));
                case MODEL -> response(model());
                case OPENAPI -> new Response(200, Map.of("Content-Type", "application/yaml"), openApi);
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

    /** @throws Refusal if the texts are not within the limits, or can't be answered now */
    public Answer<ClassifyAnswer> classify(ClassifyRequest request) {
        List<String> texts = checked(request == null ? null : request.texts());
        return admission.admit(deadline -> model.use(m -> {
            List<ClassifyAnswer.Result> results = new ArrayList<>(texts.size());
            for (int from = 0; from < texts.size(); from += BATCH) {
                deadline.check();
                results.addAll(m.classify(texts.subList(from, Math.min(from + BATCH, texts.size()))));
            }
            ModelVersion version = m.about().id();
            return new Answer<>(new ClassifyAnswer(results, version), headers(version));
        }));
    }

    /** @throws Refusal if the texts are not within the limits, or can't be answered now */
    public Answer<TokenizeAnswer> tokenize(TokenizeRequest request) {
        List<String> texts = checked(request == null ? null : request.texts());
        return admission.admit(deadline -> model.use(m -> {
            TokenizeAnswer answer = m.tokenize(texts);
            return new Answer<>(answer, headers(answer.model()));
        }));
    }

    /** @throws Refusal if there is no model */
    public Answer<ModelAnswer> model() {
        return model.use(m -> new Answer<>(m.about(), headers(m.about().id())));
    }

    /** Turns what went wrong into an answer. What isn't a refusal is ours: it is logged, and the caller learns nothing. */
    public Response refuse(Throwable cause) {
        Refusal refusal;
        if (cause instanceof Refusal r) {
            refusal = r;
        } else {
            LOG.error("a request failed: " + Redacted.describe(cause));
            refusal = new Refusal(Problem.INTERNAL, "the function failed; the cause is in its log");
        }
        return response(refusal.problem().status(), refusal.body(), refusal.headers());
    }

    /** Refuses a request that a door could not bring through; the reason is found here, so that all doors say the same. */
    public Response refuse(Request request) {
        Response response = handle(request);
        return response.status() == 200
                ? refuse(new IllegalStateException("a door could not read what the room can: this is a bug"))
                : response;
    }

    private <T> T read(byte[] body, Class<T> type) throws IOException {
        try {
            return json.readerFor(type).readValue(body);
        } catch (JsonProcessingException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof Refusal r) {
                    throw r;
                }
            }
            throw Bodies.notJson(e.getLocation());
        }
    }

    private List<String> checked(List<String> texts) {
        if (texts == null) {
            throw new Refusal(Problem.WRONG_TYPE, "the body must be an object like {\"text\": \"…\"}, is null");
        }
        if (texts.isEmpty()) {
            throw new Refusal(Problem.NO_TEXT, "\"texts\" is empty; give at least one");
        }
        if (texts.size() > limits.texts()) {
            throw new Refusal(Problem.TOO_MANY_TEXTS,
                    "%d texts are more than the %d of one request".formatted(texts.size(), limits.texts()));
        }
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.length() > limits.textLength()) {
                throw new Refusal(Problem.TEXT_TOO_LONG, "text %d has %d UTF-16 units, more than the %d of one text"
                        .formatted(i, text.length(), limits.textLength()));
            }
            if (text.codePoints().noneMatch(Room::isReadable)) {
                throw new Refusal(Problem.BLANK_TEXT, "text %d is blank".formatted(i));
            }
        }
        return texts;
    }

    /** Whether BERT's normalizer leaves something of a code point: it drops controls, formats and lone surrogates. */
    private static boolean isReadable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static Map<String, String> headers(ModelVersion version) {
        return Map.of("Model-Version", version.version());
    }

    private Response response(Answer<?> answer) {
        return response(200, answer.body(), answer.headers());
    }

    private Response response(int status, Object body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        all.putAll(headers);
        try {
            return new Response(status, all, json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
