package org.scibert.infra.config;

import java.util.List;
import java.util.Optional;

/**
 * The GPU job: where its rows are, what it trains, when it runs and on what. The rows are keys in the project's data
 * bucket; the job may read nothing else.
 *
 * @param imageDigest of the image in the training repository; empty before the first push: then there is no job
 * @param dataTrain rows to learn from
 * @param dataDev rows that choose the epoch and the threshold
 * @param dataTest rows that decide whether the new model replaces the old
 * @param encoder the pretrained encoder
 * @param task binary, multi-class or multi-label
 * @param epochs 4 in SciBERT's paper; the best by dev score is kept
 * @param batchSize 32 as in the paper
 * @param learningRate as in the paper
 * @param maxTokens three quarters of all abstracts are longer than 128
 * @param schedule Scheduler's cron or rate expression, in UTC
 * @param scheduled whether the schedule runs; a job can be submitted by hand in any case
 * @param maxHours after which an attempt is ended, so that a job that hangs costs a known sum
 * @param attempts of which all but the first follow an interruption
 * @param instanceTypes one GPU each; several, so that spot capacity is found. The defaults exist in every region
 *     that has GPU machines to speak of; newer ones, such as g6.xlarge, are missing in eu-west-1 and others, and Batch
 *     refuses a list that holds one of them. {@code deploy.sh} asks AWS before it starts
 * @param zones availability zones to look for machines in; more find spot capacity more often. Some regions have two
 * @param flowLogs whether the network's connections are logged, at half a dollar a gigabyte
 * @param signingKeySecret a Secrets Manager name under the project's prefix, holding the PEM of the private key that
 *     releases are signed with; empty for none
 * @param hfTokenSecret a Secrets Manager name under the project's prefix, holding a Hugging Face token; empty for none
 */
public record TrainingConfig(Optional<String> imageDigest, String dataTrain, String dataDev, String dataTest,
        String encoder, String task, int epochs, int batchSize, String learningRate, int maxTokens, String schedule,
        boolean scheduled, int maxHours, int attempts, List<String> instanceTypes, int zones, boolean flowLogs,
        Optional<String> signingKeySecret, Optional<String> hfTokenSecret) {

    public TrainingConfig {
        imageDigest.ifPresent(digest -> Check.form("training.image-digest", digest, "sha256:[0-9a-f]{64}",
                "sha256:" + "0".repeat(64)));
        path("training.data-train", dataTrain);
        path("training.data-dev", dataDev);
        path("training.data-test", dataTest);
        Check.form("training.encoder", encoder, "hf:[\\w.-]+/[\\w.-]+(@[\\w.-]+)?|embedded",
                "hf:allenai/scibert_scivocab_uncased");
        Check.form("training.task", task, "binary|multi-class|multi-label", "binary");
        Check.range("training.epochs", epochs, 1, 100);
        Check.range("training.batch-size", batchSize, 1, 1024);
        Check.form("training.learning-rate", learningRate, "\\d+(\\.\\d+)?(e-\\d{1,2})?", "2e-5");
        Check.range("training.max-tokens", maxTokens, 8, 512);
        Check.form("training.schedule", schedule, "(cron|rate)\\([^()]+\\)", "cron(0 3 ? * SUN *)");
        Check.range("training.max-hours", maxHours, 1, 48);
        Check.range("training.attempts", attempts, 1, 10);
        Check.that(!instanceTypes.isEmpty(), "training.instance-types is empty; name at least one, such as g5.xlarge");
        instanceTypes = List.copyOf(instanceTypes);
        instanceTypes.forEach(type -> Check.form("training.instance-types", type, "(g|p)\\d[a-z0-9-]*\\.\\d*x?large",
                "g5.xlarge"));
        Check.range("training.zones", zones, 1, 6);
        signingKeySecret.ifPresent(name -> Check.form("training.signing-key-secret", name, "[\\w/+=.@-]{1,512}",
                "scibert/signing-key"));
        hfTokenSecret.ifPresent(name -> Check.form("training.hf-token-secret", name, "[\\w/+=.@-]{1,512}",
                "scibert/hf-token"));
    }

    private static void path(String key, String value) {
        Check.form(key, value, "[\\w.-][\\w./-]*", "train.jsonl");
    }

    static TrainingConfig of(Settings settings) {
        return new TrainingConfig(
                settings.text("training.image-digest"),
                settings.text("training.data-train").orElse("train.jsonl"),
                settings.text("training.data-dev").orElse("dev.jsonl"),
                settings.text("training.data-test").orElse("test.jsonl"),
                settings.text("training.encoder").orElse("hf:allenai/scibert_scivocab_uncased"),
                settings.text("training.task").orElse("binary"),
                settings.integer("training.epochs", 4),
                settings.integer("training.batch-size", 32),
                settings.text("training.learning-rate").orElse("2e-5"),
                settings.integer("training.max-tokens", 256),
                settings.text("training.schedule").orElse("cron(0 3 ? * SUN *)"),
                settings.flag("training.scheduled", true),
                settings.integer("training.max-hours", 6),
                settings.integer("training.attempts", 5),
                settings.list("training.instance-types", List.of("g5.xlarge", "g4dn.xlarge")),
                settings.integer("training.zones", 2),
                settings.flag("training.flow-logs", false),
                settings.text("training.signing-key-secret"),
                settings.text("training.hf-token-secret"));
    }
}
