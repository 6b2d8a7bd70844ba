package org.scibert.training.encoder;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.scibert.io.Text;

/** Turns a hub's error answers into exceptions that say what to do. */
final class HubErrors {
    private HubErrors() {}

    /** Whether the repository and the revision exist and the file does not. */
    static boolean isAbsent(HttpResponse<?> response) {
        String code = code(response);
        return response.statusCode() == 404 && (code.isEmpty() || code.equals("EntryNotFound"));
    }

    /** Returns an {@link EncoderException} if another attempt won't help, otherwise another IOException. */
    static IOException of(HubSpec spec, HttpResponse<?> response, boolean token) {
        int status = response.statusCode();
        String code = code(response).isEmpty() ? "" : " " + code(response);
        String answer = Text.format("HTTP %s%s from %s", status, code, response.uri().getHost());
        return switch (status) {
            case 401 -> new EncoderException(Text.format(
                    token
                    ? "%s: HF_TOKEN is not accepted (%s); set it to a valid token that may read the repository"
                    : "%s does not exist, is private or is gated (%s); check its name, and set HF_TOKEN if it is yours "
                            + "or you accepted its conditions",
                    spec, answer));
            case 403 -> new EncoderException(Text.format(
                    "%s is gated or not yours (%s); accept its conditions on its page, and "
                    + "set HF_TOKEN to a token of that account",
                    spec, answer));
            case 404 -> new EncoderException(Text.format(
                    "%s: no such repository or no such revision (%s); check %s/%s and %s",
                    spec, answer, spec.owner(), spec.name(), spec.revision()));
            case 408, 429 -> new IOException(answer);
            default -> status >= 500 ? new IOException(answer) : new EncoderException(Text.format("%s: %s",
                    spec, answer));
        };
    }

    private static String code(HttpResponse<?> response) {
        return response.headers().firstValue("X-Error-Code").orElse("");
    }
}
