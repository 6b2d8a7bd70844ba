package org.scibert.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scibert.io.Json;
import org.scibert.io.UsageException;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.Listeners;
import org.scibert.training.job.StudyConfig;
import org.scibert.training.report.FlatJson;
import org.scibert.training.tracking.MlflowSettings;
import org.scibert.training.tracking.MlflowTracker;
import org.scibert.training.tracking.TensorBoardTracker;
import org.scibert.training.tracking.Tracker;
import picocli.CommandLine.Option;

/** Where else a training is followed. MLflow goes by its own variables. */
final class TrackingOptions {
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Option(
            names = "--tensorboard",
            defaultValue = "${env:TENSORBOARD_DIR}",
            paramLabel = "FOLDER",
            description = "Writes TensorBoard's event files into a folder of the run in here. Default: none."
                    + " With MLFLOW_TRACKING_URI set, the run is sent to that MLflow server as well. [TENSORBOARD_DIR]")
    private Path tensorBoard;

    /**
     * All trackers as one; to be closed.
     *
     * @throws IOException if the event file can't be made
     * @throws UsageException if {@code MLFLOW_TRACKING_URI} is no server's address
     */
    Tracker open(StudyConfig study, Map<String, String> environment, Clock clock, Consumer<String> warnings)
            throws IOException {
        Optional<MlflowSettings> mlflow = UsageException.checked(() -> MlflowSettings.of(environment));
        Map<String, Object> settings = settings(study);
        List<Tracker> trackers = new ArrayList<>();
        if (tensorBoard != null) {
            Path folder = tensorBoard.resolve(FOLDER.format(clock.instant()));
            trackers.add(new TensorBoardTracker(folder, settings, clock, warnings));
        }
        mlflow.ifPresent(found -> trackers.add(new MlflowTracker(found, settings, clock, warnings)));
        return Listeners.all(Tracker.class, trackers.toArray());
    }

    /**
     * The job's settings by name, numbers and texts; names of files are left out, and what runs tell when they begin.
     */
    private static Map<String, Object> settings(StudyConfig study) {
        JobConfig config = study.first();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", config.target().name());
        settings.put("encoder", config.training().encoder());
        config.labels().task().ifPresent(task -> settings.put("task", task.title()));
        settings.put("posWeight", config.labels().weights().title());
        settings.put("maxRows", config.data().maxRows());
        settings.put("dropLeaks", config.data().policy().dropLeaks());
        settings.put("thresholdRule", config.decisions().thresholdRule().title());
        FlatJson.of(Json.MAPPER.valueToTree(config.training().fineTuning())).forEach((key, value) ->
                settings.put(key, value.isNumber() ? value.numberValue() : value.asText()));
        settings.remove(Tracker.COMPUTE);
        study.grid().configurations().get(0).values().keySet().forEach(option -> {
            settings.remove(camelCase(option)); // it has no one value
            settings.put("study/" + option, study.grid().configurations().stream()
                    .map(each -> each.values().get(option))
                    .distinct()
                    .collect(Collectors.joining(" ")));
        });
        return settings;
    }

    /** {@code learningRate} of {@code learning-rate}. */
    private static String camelCase(String option) {
        return Pattern.compile("-(.)").matcher(option).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
