package org.scibert.store;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.scibert.io.Text;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one place where the SDK's exceptions become a store's. */
final class S3Errors {
    static final int NOT_MODIFIED = 304;
    static final int NOT_FOUND = 404;
    /** Another conditional write to the same key is under way. */
    static final int CONFLICT = 409;

    static final int PRECONDITION_FAILED = 412;
    static final String NO_SUCH_KEY = "NoSuchKey";

    private static final int MESSAGE_LENGTH = 100;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    /** What a server calls a failure of the moment though its status is below 500. */
    private static final Set<String> FOR_NOW = Set.of(
            "RequestTimeout", "SlowDown", "Throttling", "ThrottlingException", "TooManyRequests", "OperationAborted",
            "RequestLimitExceeded");
    /** S3's own tolerance is 15 minutes; other servers allow less. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(4);

    private S3Errors() {}

    /** The HTTP status of the server's answer; 0 if there was none. */
    static int status(SdkException e) {
        return e instanceof AwsServiceException answer ? answer.statusCode() : 0;
    }

    /** The server's name for the error; empty where it sent none, as in answers to HEAD. */
    static String code(SdkException e) {
        return e instanceof AwsServiceException answer
                        && answer.awsErrorDetails() != null
                        && answer.awsErrorDetails().errorCode() != null
                ? answer.awsErrorDetails().errorCode()
                : "";
    }

    /** @param action that was asked for, as a policy names it: {@code s3:GetObject} */
    static StoreException translate(String store, ObjectKey key, String action, SdkException e) {
        int status = status(e);
        String code = code(e);
        if (status == NOT_FOUND && (code.isEmpty() || code.equals(NO_SUCH_KEY))) {
            return new ObjectNotFoundException(store, key, e);
        }
        if (status == PRECONDITION_FAILED) {
            return new ObjectChangedException(store, key, e);
        }
        if (status == 0) {
            return withoutAnswer(store, key, e);
        }
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR || FOR_NOW.contains(code)
                ? new StoreUnavailableException(
                        store, key, Text.format("the server answers %s %s; try again later", status, code), e)
                : new StoreRefusedException(store, key, refusal(status, code, action, e), e);
    }

    /** The SDK's message, cut: some of them list every provider of credentials over a page. The cause has it all. */
    static String brief(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH) + "…";
    }

    private static StoreException withoutAnswer(String store, ObjectKey key, SdkException e) {
        if (cause(e, S3Credentials.Missing.class).isPresent()) {
            return new StoreRefusedException(
                    store,
                    key,
                    "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run"
                            + " where a role gives them",
                    e);
        }
        Optional<SSLException> encryption = cause(e, SSLException.class);
        if (encryption.isPresent()) {
            return new StoreRefusedException(
                    store,
                    key,
                    Text.format(
                            "no encrypted connection can be made (%s); check the endpoint and that Java trusts its"
                                    + " certificate",
                            brief(encryption.get())),
                    e);
        }
        return new StoreUnavailableException(
                store, key, Text.format("cannot be reached (%s); check endpoint and network", network(e)), e);
    }

    private static String network(SdkException e) {
        Optional<UnknownHostException> host = cause(e, UnknownHostException.class);
        if (host.isPresent()) {
            return "no address is known of the host " + brief(host.get());
        }
        if (cause(e, ConnectException.class).isPresent()) {
            return "the connection is refused";
        }
        return cause(e, SocketTimeoutException.class).isPresent() ? "no answer in time" : brief(e);
    }

    private static String refusal(int status, String code, String action, SdkException e) {
        Optional<Instant> serverTime = serverTime(e);
        boolean accessDenied = status == 401 || status == 403;
        if (code.equals("RequestTimeTooSkewed") || (accessDenied && serverTime.filter(S3Errors::isFar).isPresent())) {
            return Text.format("this machine's clock is wrong: it says %s, the server %s (%s %s); set the clock",
                    now(), serverTime.map(Instant::toString).orElse("otherwise"), status, code);
        }
        return switch (code) {
            case "NoSuchBucket" -> "there is no such bucket; create it or correct the address";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                Text.format(
                        "the credentials are wrong (%s %s); check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the"
                                + " profile",
                        status, code);
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "ExpiredTokenException" ->
                Text.format("the credentials have expired (%s %s); sign in again", status, code);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                Text.format("the bucket is in %s (%s %s); set AWS_REGION to the bucket's region",
                        header(e, "x-amz-bucket-region").orElse("another region"), status, code);
            default -> accessDenied
                    ? Text.format("access is denied (%s%s); allow these credentials %s here",
                            status, code.isEmpty() ? "" : " " + code, action)
                    : Text.format("the server answers %s %s to %s; check endpoint and region", status, code, action);
        };
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean isFar(Instant server) {
        return Duration.between(server, Instant.now()).abs().compareTo(CLOCK_TOLERANCE) > 0;
    }

    private static Optional<Instant> serverTime(SdkException e) {
        try {
            return header(e, "Date").map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(SdkException e, String name) {
        return e instanceof AwsServiceException answer
                        && answer.awsErrorDetails() != null
                        && answer.awsErrorDetails().sdkHttpResponse() != null
                ? answer.awsErrorDetails().sdkHttpResponse().firstMatchingHeader(name)
                : Optional.empty();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
