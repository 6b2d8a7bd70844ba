package org.scibert.function.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.scibert.explain.Explanation;
import org.scibert.function.serving.Admission;
import org.scibert.function.serving.Canary;
import org.scibert.function.serving.Deadline;
import org.scibert.function.serving.Model;
import org.scibert.function.serving.ModelInService;
import org.scibert.function.serving.ServingLimits;
import org.scibert.function.serving.TextClassifier;
import org.scibert.function.telemetry.Drift;
import org.scibert.function.telemetry.Meters;
import org.scibert.function.telemetry.Redacted;
import org.scibert.function.telemetry.Traces;
import org.scibert.io.Text;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;

/** Checks and answers requests, over HTTP and on Lambda alike. */
@Singleton
public final class Api {
    private static final Logger LOG = Logger.getLogger(Api.class);
    private static final String MODEL_VERSION = "Model-Version";

    private final Bodies bodies;
    private final int maxTexts;
    private final int maxTextsToExplain;
    private final int maxLength;
    private final Admission admission;
    private final ModelInService service;
    private final TextClassifier classifier;
    private final Canary canary;
    private final Drift drift;
    private final Meters meters;
    private final Traces traces;
    private final StaticFiles files;
    private final ResponseHeaders headers;
    private final Callers callers;
    private final Semaphore explanations;
    private final Duration longest;
    private final Duration longestToExplain;

    @Inject
    Api(Bodies bodies, Limits limits, ServingLimits servingLimits, Admission admission, ModelInService service,
            TextClassifier classifier, Canary canary, Drift drift, Meters meters, Traces traces, StaticFiles files,
            ResponseHeaders headers, Callers callers) {
        this.bodies = bodies;
        this.maxTexts = limits.texts();
        this.maxTextsToExplain = limits.explainTexts();
        this.maxLength = limits.textLength();
        this.admission = admission;
        this.service = service;
        this.classifier = classifier;
        this.canary = canary;
        this.drift = drift;
        this.meters = meters;
        this.traces = traces;
        this.files = files;
        this.headers = headers;
        this.callers = callers;
        this.longest = servingLimits.deadline();
        this.longestToExplain = servingLimits.explainDeadline();
        this.explanations = new Semaphore(servingLimits.concurrentExplanations());
    }

    /** An answer's body, which becomes JSON, and its headers. */
    public record Answer<T>(T body, Map<String, String> headers) {}

    /** Answers or refuses a request; never throws. */
    public Response handle(Request request, Deadline deadline) {
        try {
            Optional<Response> preflight = headers.preflight(request);
            if (preflight.isPresent()) {
                return preflight.get();
            }
            Optional<String> key = callers.admit(request);
            boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
            Optional<Response> file = reads ? files.get(request.path()) : Optional.empty();
            if (file.isPresent()) {
                return file.get();
            }
            byte[] body = check(request);
            Endpoint endpoint = Endpoint.of(request.method(), request.path());
            return answer(endpoint, endpoint.takesBody() ? bodies.read(body) : null, key, deadline);
        } catch (Exception e) {
            return refuse(e);
        }
    }

    /**
     * Answers or refuses an invocation without an HTTP envelope; never throws. It needs no key: AWS has asked the
     * caller for the right to invoke the function.
     *
     * @param body of the endpoint, read by {@link #read}
     */
    public Response invoke(Endpoint endpoint, JsonNode body, Deadline deadline) {
        try {
            return answer(endpoint, body, Optional.empty(), deadline);
        } catch (Exception e) {
            return refuse(e);
        }
    }

    /** @param body null for an endpoint that takes none */
    private Response answer(Endpoint endpoint, JsonNode body, Optional<String> key, Deadline deadline) {
        return switch (endpoint) {
            case CLASSIFY -> response(classify(body, key, deadline));
            case TOKENIZE -> response(tokenize(body, key, deadline));
            case EXPLAIN -> response(explain(body, key, deadline));
            case MODEL -> response(model());
            case OPENAPI -> files.get(endpoint.path()).orElseThrow();
        };
    }

    /**
     * Checks what can be checked before the body is parsed.
     *
     * @return the body's bytes, without gzip
     * @throws Refusal if path, method, media type, size or encoding are not right
     */
    public byte[] check(Request request) {
        if (!Endpoint.of(request.method(), request.path()).takesBody()) {
            return new byte[0];
        }
        bodies.checkType(request);
        return bodies.unpack(request);
    }

    /**
     * Reads JSON as every body is read.
     *
     * @throws Refusal if it is not one JSON value in UTF-8, with each field once
     */
    public JsonNode read(byte[] json) {
        return bodies.read(json);
    }

    /** Whether a request would be refused now, so that its body would be read for nothing. */
    public boolean isFull() {
        return admission.isFull() || classifier.isFull(longest);
    }

    /**
     * Gives each text its labels.
     *
     * @param key from {@link Callers#admit}
     * @throws Refusal if the body is not a request within the limits
     */
    public Answer<ClassifyAnswer> classify(JsonNode body, Optional<String> key, Deadline deadline) {
        TextRequest request = TextRequest.toClassify(body).require(maxTexts, maxLength);
        Answer<ClassifyAnswer> answer = callers.spend(key, request.texts().size(),
                () -> admission.run(deadline, () -> classify(request, deadline)));
        meters.classified(answer.body().results().size(), answer.body().tokensUsed());
        meters.count(200, Endpoint.CLASSIFY.label());
        return answer;
    }

    private Answer<ClassifyAnswer> classify(TextRequest request, Deadline deadline) {
        try (ModelInService.Lease lease = service.lease();
                Traces.Work work = begin(Endpoint.CLASSIFY, lease.model())) {
            Model model = lease.model();
            boolean inWindows = request.onTooLong().map(OnTooLong.WINDOW::equals).orElse(model.inWindows());
            int most = inWindows ? Integer.MAX_VALUE : model.maxTokens();

            List<Encoding> texts = work.step("tokenize", () -> model.encode(request.texts(), most));
            refuseBlank(texts);
            if (request.onTooLong().equals(Optional.of(OnTooLong.REJECT))) {
                refuseTooLong(texts, most);
            }
            TextClassifier.Texts asked = new TextClassifier.Texts(request.texts(), inWindows, request.candidate());
            ClassifyAnswer answer = ClassifyAnswer.of(
                    work.step("infer", () -> classifier.classify(model, asked, texts, deadline)), model);
            return new Answer<>(answer, headers(work, model));
        }
    }

    /**
     * Gives each text the tokens that the network reads of it.
     *
     * @param key from {@link Callers#admit}
     * @throws Refusal if the body is not a request within the limits
     */
    public Answer<TokenizeAnswer> tokenize(JsonNode body, Optional<String> key, Deadline deadline) {
        TextRequest request = TextRequest.toTokenize(body).require(maxTexts, maxLength);
        Answer<TokenizeAnswer> answer = callers.spend(key, request.texts().size(),
                () -> admission.run(deadline, () -> tokenize(request)));
        meters.count(200, Endpoint.TOKENIZE.label());
        return answer;
    }

    private Answer<TokenizeAnswer> tokenize(TextRequest request) {
        try (ModelInService.Lease lease = service.lease();
                Traces.Work work = begin(Endpoint.TOKENIZE, lease.model())) {
            Model model = lease.model();
            List<TokenizedText> texts =
                    work.step("tokenize", () -> model.tokenize(request.texts(), model.maxTokens()));
            List<Encoding> encodings = texts.stream().map(TokenizedText::encoding).toList();
            refuseBlank(encodings);
            TokenizeAnswer answer = TokenizeAnswer.of(texts, model.batch(encodings), model.id());
            return new Answer<>(answer, headers(work, model));
        }
    }

    /**
     * Says what each word and sentence of a text contributes to a label.
     *
     * @param key from {@link Callers#admit}
     * @throws Refusal if the body is not a request within the limits
     */
    public Answer<ExplainAnswer> explain(JsonNode body, Optional<String> key, Deadline deadline) {
        ExplainRequest request = ExplainRequest.of(body, maxTextsToExplain, maxLength);
        if (!explanations.tryAcquire()) {
            throw new Refusal(Problem.TOO_MANY_REQUESTS,
                    "another explanation is under way; ask again in a moment");
        }
        try {
            Answer<ExplainAnswer> answer = callers.spend(key, request.texts().size(),
                    () -> admission.explain(deadline, () -> explain(request, deadline)));
            meters.count(200, Endpoint.EXPLAIN.label());
            return answer;
        } finally {
            explanations.release();
        }
    }

    private Answer<ExplainAnswer> explain(ExplainRequest request, Deadline deadline) {
        try (ModelInService.Lease lease = service.lease();
                Traces.Work work = begin(Endpoint.EXPLAIN, lease.model())) {
            Model model = lease.model();
            List<TokenizedText> texts =
                    work.step("tokenize", () -> model.tokenize(request.texts(), model.tokensRead()));
            refuseBlank(texts.stream().map(TokenizedText::encoding).toList());
            request.check(model); // before the network runs
            List<Explanation> results = work.step("explain", () -> {
                List<Explanation> explained = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    explained.add(model.explain(
                            request.texts().get(i), texts.get(i), request.question(), deadline::check));
                }
                return explained;
            });
            return new Answer<>(new ExplainAnswer(results, model.id()), headers(work, model));
        }
    }

    /** Describes the model in service. */
    public Answer<ModelAnswer> model() {
        ModelAnswer answer;
        try (ModelInService.Lease lease = service.lease()) {
            answer = ModelAnswer.of(lease.model(), drift.summary(), canary.status());
        }
        meters.count(200, Endpoint.MODEL.label());
        return new Answer<>(answer, Map.of(MODEL_VERSION, answer.version()));
    }

    /**
     * Turns a failure into an answer. A failure that is neither a refusal nor about the model in service is the
     * function's own fault: it is logged, and the caller learns nothing of it.
     */
    public Response refuse(Throwable cause) {
        Refusal refusal = Refusal.of(cause);
        if (refusal.problem() == Problem.INTERNAL) {
            LOG.error("a request failed: " + Redacted.describe(cause));
        }
        meters.count(refusal.problem().status(), refusal.problem().code());
        return response(refusal.problem().status(), refusal.body(), refusal.headers());
    }

    /**
     * Refuses a request that the HTTP server could not bring to its function. The reason is found here, so that it is
     * put in the same words as on Lambda.
     */
    public Response refuse(Request request) {
        Response response = handle(request, deadline(request.path()));
        return response.status() == 200
                ? refuse(new IllegalStateException("the HTTP server refused a request that the API answers: a bug"))
                : response;
    }

    /** Begins the longest time that a request to a path may take. */
    public Deadline deadline(String path) {
        return new Deadline(longest(path));
    }

    /** Begins the longest time that a request to a path may take, or a shorter one. */
    public Deadline deadline(String path, Duration most) {
        return new Deadline(most.compareTo(longest(path)) < 0 ? most : longest(path));
    }

    private Duration longest(String path) {
        return path.equals(Endpoint.EXPLAIN.path()) ? longestToExplain : longest;
    }

    private Traces.Work begin(Endpoint endpoint, Model model) {
        return traces.begin(endpoint.path(), model.id().name(), model.id().version());
    }

    private Map<String, String> headers(Traces.Work work, Model model) {
        work.stepNanos().forEach(meters::took);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(MODEL_VERSION, model.id().version());
        headers.put("Server-Timing", work.serverTiming());
        return headers;
    }

    /** BERT's normalizer drops more than white space; the network would classify [CLS] and [SEP] alone. */
    private static void refuseBlank(List<Encoding> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                throw new Refusal(Problem.BLANK_TEXT, Text.format("text %d is blank", i));
            }
        }
    }

    private static void refuseTooLong(List<Encoding> texts, int maxTokens) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).truncated()) {
                throw new Refusal(Problem.TEXT_TOO_LONG, Text.format(
                        "text %d has %d tokens, more than the %d that the model reads",
                        i, texts.get(i).total(), maxTokens));
            }
        }
    }

    private Response response(Answer<?> answer) {
        return response(200, answer.body(), answer.headers());
    }

    private Response response(int status, Object body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        all.putAll(headers);
        return new Response(status, all, bodies.write(body));
    }
}
