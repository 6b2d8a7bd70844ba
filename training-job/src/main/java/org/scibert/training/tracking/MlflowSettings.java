package org.scibert.training.tracking;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Text;

/**
 * Where MLflow's tracking server is, under the names of MLflow's own variables.
 *
 * @param server its address, without a slash at the end
 * @param experimentName that the run belongs to; made if it is not there
 * @param experimentId the same by its id, which goes first
 * @param runName empty: the server makes one up
 * @param authorization value of the header of that name
 */
public record MlflowSettings(
        URI server,
        String experimentName,
        Optional<String> experimentId,
        Optional<String> runName,
        Optional<String> authorization) {
    static final String DEFAULT_EXPERIMENT = "Default";

    /**
     * From {@code MLFLOW_TRACKING_URI}, {@code MLFLOW_EXPERIMENT_NAME}, {@code MLFLOW_EXPERIMENT_ID},
     * {@code MLFLOW_RUN_NAME}, and {@code MLFLOW_TRACKING_TOKEN} or {@code MLFLOW_TRACKING_USERNAME} and
     * {@code MLFLOW_TRACKING_PASSWORD}.
     *
     * @return empty without an address
     * @throws IllegalArgumentException if the address is none of a server
     */
    public static Optional<MlflowSettings> of(Map<String, String> environment) {
        return value(environment, "MLFLOW_TRACKING_URI").map(address -> new MlflowSettings(
                server(address),
                value(environment, "MLFLOW_EXPERIMENT_NAME").orElse(DEFAULT_EXPERIMENT),
                value(environment, "MLFLOW_EXPERIMENT_ID"),
                value(environment, "MLFLOW_RUN_NAME"),
                authorization(environment)));
    }

    private static URI server(String address) {
        if (!address.matches("https?://[^/\\s]+.*")) {
            throw new IllegalArgumentException(
                    Text.format(
                            "MLFLOW_TRACKING_URI is \"%s\"; give the http:// or https:// address of a server, or none",
                            address));
        }
        URI server = URI.create(address.replaceAll("/+$", ""));
        if (server.getRawUserInfo() != null) {
            throw new IllegalArgumentException("MLFLOW_TRACKING_URI names a user; use MLFLOW_TRACKING_USERNAME and"
                    + " MLFLOW_TRACKING_PASSWORD, which are not printed");
        }
        return server;
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        Optional<String> user = value(environment, "MLFLOW_TRACKING_USERNAME");
        if (user.isPresent()) {
            String both = user.get() + ":" + value(environment, "MLFLOW_TRACKING_PASSWORD").orElse("");
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return value(environment, "MLFLOW_TRACKING_TOKEN").map("Bearer "::concat);
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Without the authorization: this may be printed. */
    @Override
    public String toString() {
        return "MLflow at " + server;
    }
}
