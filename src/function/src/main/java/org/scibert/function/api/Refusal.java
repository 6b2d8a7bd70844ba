package org.scibert.function.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.function.serving.UnavailableException;

/**
 * A request that is not answered. The message is for the caller: it names what was found, the limit and the next step,
 * and repeats no text of the request but the name of an unknown field.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Map<String, String> headers;

    public Refusal(Problem problem, String message) {
        this(problem, message, Map.of());
    }

    /**
     * @param headers that go with the status beside Retry-After: 1, which every problem that passes has unless given
     */
    Refusal(Problem problem, String message, Map<String, String> headers) {
        // Refusals are answers, not accidents: no stack trace, which would cost more than the answer.
        super(message, null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    /**
     * The refusal that a failure is answered with: itself if it is one, the serving side's in the API's terms, or
     * {@link Problem#INTERNAL}.
     */
    static Refusal of(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof UnavailableException unavailable) {
            Problem problem = switch (unavailable.reason()) {
                case OVERLOADED -> Problem.TOO_MANY_REQUESTS;
                case DEADLINE_EXCEEDED -> Problem.DEADLINE_EXCEEDED;
                case NOT_READY -> Problem.NOT_READY;
                case ABANDONED -> Problem.CALLER_GONE;
            };
            return new Refusal(problem, unavailable.getMessage());
        }
        return new Refusal(Problem.INTERNAL, "the function failed; the cause is in its log");
    }

    public Problem problem() {
        return problem;
    }

    /** The headers that go with the status. */
    Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (problem.passes()) {
            all.putIfAbsent("Retry-After", "1");
        }
        return all;
    }

    /** The body, {@code {"error":{"code":…,"message":…}}}. */
    Body body() {
        return new Body(new Body.Detail(problem.code(), getMessage()));
    }

    /** The one shape of every error. */
    public record Body(Detail error) {
        /** @param code one of {@link Problem}, in lower case */
        public record Detail(String code, String message) {}
    }
}
