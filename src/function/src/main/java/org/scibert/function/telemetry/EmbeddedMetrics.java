package org.scibert.function.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;
import org.scibert.io.Json;

/**
 * Metrics as lines of the log in CloudWatch's embedded metric format, from which CloudWatch makes metrics of its own.
 * Only on Lambda, where nobody can scrape an instance. A line goes to standard output by itself: a logger would put it
 * into JSON of its own, in which CloudWatch does not look.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     the format</a>
 */
@Singleton
public final class EmbeddedMetrics {
    private static final String NAMESPACE = "scibert";
    private static final String DIMENSION = "Model";

    private final boolean onLambda;
    private final String namespace;
    private final Clock clock;
    private final Consumer<String> out;

    /** AWS_EMF_NAMESPACE is the name that AWS's own libraries give the setting. */
    @Inject
    EmbeddedMetrics(Config config) {
        this(Setting.of(config, "aws.lambda.function.name").text().isPresent(),
                Setting.of(config, "aws.emf.namespace").text().orElse(NAMESPACE), Clock.systemUTC(),
                System.out::println);
    }

    public EmbeddedMetrics(boolean onLambda, String namespace, Clock clock, Consumer<String> out) {
        this.onLambda = onLambda;
        this.namespace = namespace;
        this.clock = clock;
        this.out = out;
    }

    /** Whether anybody reads the lines. */
    public boolean onLambda() {
        return onLambda;
    }

    /**
     * Writes one line; nothing elsewhere than on Lambda.
     *
     * @param model name of the model, the metrics' one dimension
     * @param metrics values by name; null ones are left out
     * @param fields further fields of the line, which become no metrics and cost nothing as such
     */
    public void write(String model, Map<String, Double> metrics, Map<String, ?> fields) {
        if (!onLambda) {
            return;
        }
        ObjectNode line = Json.MAPPER.createObjectNode();
        ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.millis());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", namespace);
        directive.putArray("Dimensions").addArray().add(DIMENSION);
        ArrayNode names = directive.putArray("Metrics");
        line.put(DIMENSION, model);
        metrics.forEach((name, value) -> {
            if (value != null) {
                names.addObject().put("Name", name);
                line.put(name, value);
            }
        });
        fields.forEach((name, value) -> line.set(name, Json.MAPPER.valueToTree(value)));
        try {
            out.accept(Json.MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is a bug: a tree has no JSON", e);
        }
    }
}
