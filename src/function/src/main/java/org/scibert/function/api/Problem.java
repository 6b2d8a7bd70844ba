package org.scibert.function.api;

import java.util.Locale;

/** Why a request is not answered: the code in the body and the HTTP status that goes with it. */
public enum Problem {
    /** The body is not one JSON value in UTF-8. */
    INVALID_JSON(400),
    /** The request around the body is not right: no valid Host over HTTP, or an event of no known form on Lambda. */
    INVALID_REQUEST(400),
    /** No key came, where one is asked for. Comes with WWW-Authenticate. */
    UNAUTHORIZED(401),
    /** The key that came is not taken. Comes with WWW-Authenticate. */
    INVALID_TOKEN(401),
    NOT_FOUND(404),
    /** Comes with Allow. */
    METHOD_NOT_ALLOWED(405),
    /** The body did not arrive in time; the connection is closed. */
    REQUEST_TIMEOUT(408),
    BODY_TOO_LARGE(413),
    TEXT_TOO_LONG(413),
    /** The body is not application/json, or is compressed otherwise than by gzip. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** The JSON is not of the documented types. */
    WRONG_TYPE(422),
    UNKNOWN_FIELD(422),
    /** A field that takes one of a few values has another. */
    UNKNOWN_VALUE(422),
    /** Neither text nor texts, or no text in texts. */
    NO_TEXT(422),
    /** Both text and texts. */
    TEXT_AND_TEXTS(422),
    /** A text with nothing to read in it. */
    BLANK_TEXT(422),
    TOO_MANY_TEXTS(422),
    /** All places are taken, or too many texts wait for the network. Comes with Retry-After. */
    TOO_MANY_REQUESTS(429),
    /** The key's holder has used up its texts. Comes with Retry-After. */
    BUDGET_EXCEEDED(429),
    /** The caller closed the connection; counted in the metrics, never sent. */
    CALLER_GONE(499),
    /** The function's own fault. The cause is in the log, never in the answer. */
    INTERNAL(500),
    /** The deadline passed before the answer was there. Comes with Retry-After. */
    DEADLINE_EXCEEDED(503),
    /** No model is in service. Comes with Retry-After. */
    NOT_READY(503);

    private final int status;

    Problem(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code in an error's body, for example {@code text_too_long}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the same request may succeed a little later. */
    public boolean passes() {
        return status == 429 || status == 503;
    }
}
