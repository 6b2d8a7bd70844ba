package org.scibert.infra.config;

import java.util.Optional;
import java.util.Set;

/**
 * The function: size, limits, and how a new version takes over.
 *
 * @param imageDigest of the image in the function's repository; empty before the first push: then there is no function
 * @param architecture the image's
 * @param memoryMb 1769 is one virtual CPU; 3008 (1.7) is the most a new account gets, and holds fp32 weights twice
 *     while a new release replaces the old
 * @param storageMb of /tmp, where releases are cached: two of fp32 BERT-base
 * @param timeoutSeconds longer than the function's own deadline of 20 s plus a start that loads a model
 * @param concurrency most requests at a time, and with it the most that can be spent; empty is the account's limit.
 *     New accounts have too few to reserve any
 * @param provisioned instances kept warm, paid by the hour; 0 scales to zero
 * @param open whether anybody may call it without AWS credentials
 * @param tracing whether Lambda sends X-Ray a trace of a sample of the calls
 * @param rollout how a new version takes over
 * @param logDays how long logs are kept
 * @param p99Millis and slower, three times in a row, is an alarm
 * @param coldStartMillis and slower is an alarm: at 10,000 Lambda gives up an initialization and begins again
 */
public record FunctionConfig(Optional<String> imageDigest, Architecture architecture, int memoryMb, int storageMb,
        int timeoutSeconds, Optional<Integer> concurrency, int provisioned, boolean open, boolean tracing,
        Rollout rollout, int logDays, int p99Millis, int coldStartMillis) {
    /** The periods that CloudWatch Logs knows, from a day to a year. */
    private static final Set<Integer> LOG_DAYS = Set.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365);

    public FunctionConfig {
        imageDigest.ifPresent(digest -> Check.form("function.image-digest", digest, "sha256:[0-9a-f]{64}",
                "sha256:" + "0".repeat(64)));
        Check.range("function.memory-mb", memoryMb, 1769, 10_240);
        Check.range("function.storage-mb", storageMb, 512, 10_240);
        Check.range("function.timeout-seconds", timeoutSeconds, 10, 900);
        concurrency.ifPresent(c -> Check.range("function.concurrency", c, 1, 1000));
        Check.range("function.provisioned", provisioned, 0, 100);
        Check.that(LOG_DAYS.contains(logDays), "function.log-days is %d; use one of %s", logDays,
                LOG_DAYS.stream().sorted().toList());
        Check.range("function.p99-millis", p99Millis, 1, timeoutSeconds * 1000L);
        Check.range("function.cold-start-millis", coldStartMillis, 1, 60_000);
        Check.that(!open || concurrency.isPresent(), "function.open lets anybody call the function at your expense; "
                + "set function.concurrency to the most requests at a time that you are ready to pay for");
        Check.that(concurrency.isEmpty() || provisioned <= concurrency.get(),
                "function.provisioned is %d and function.concurrency %d: no more can be kept warm than may run",
                provisioned, concurrency.orElse(0));
    }

    static FunctionConfig of(Settings settings) {
        return new FunctionConfig(
                settings.text("function.image-digest"),
                settings.choice("function.architecture", Architecture.X86_64),
                settings.integer("function.memory-mb", 3008),
                settings.integer("function.storage-mb", 2048),
                settings.integer("function.timeout-seconds", 60),
                settings.optionalInteger("function.concurrency"),
                settings.integer("function.provisioned", 0),
                settings.flag("function.open", false),
                settings.flag("function.tracing", false),
                settings.choice("function.rollout", Rollout.CANARY),
                settings.integer("function.log-days", 30),
                settings.integer("function.p99-millis", 5_000),
                settings.integer("function.cold-start-millis", 8_000));
    }
}
