package org.scibert.store;

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

    static StoreException translate(String store, ObjectKey key, SdkException e) {
        int status = status(e);
        String code = code(e);
        if (status == NOT_FOUND && (code.isEmpty() || code.equals(NO_SUCH_KEY))) {
            return new ObjectNotFoundException(store, key, e);
        }
        if (status == PRECONDITION_FAILED) {
            return new ObjectChangedException(store, key, e);
        }
        return new StoreUnavailableException(store, key, problem(status, code, e), e);
    }

    /** The SDK's message, cut: some of them list every provider of credentials over a page. The cause has it all. */
    static String brief(SdkException e) {
        String message = String.valueOf(e.getMessage());
        return message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH) + "…";
    }

    private static String problem(int status, String code, SdkException e) {
        if (code.equals("NoSuchBucket")) {
            return "there is no such bucket; create it or correct the address";
        }
        return switch (status) {
            case 0 -> "cannot be reached (%s); check endpoint, network and credentials".formatted(brief(e));
            case 401, 403 -> "access is denied (%d %s); check that the credentials may read, list and write here"
                    .formatted(status, code);
            default -> "the server answers %d %s; check endpoint and region, or try again later"
                    .formatted(status, code);
        };
    }
}
