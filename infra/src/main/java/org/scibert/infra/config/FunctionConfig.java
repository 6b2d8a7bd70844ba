package org.scibert.infra.config;

import java.util.List;
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
 * @param open whether it may be called without AWS credentials
 * @param keysSecret a Secrets Manager name under the project's prefix, holding the digests of the keys that callers
 *     must show, as its {@code API_KEYS}
 * @param textsPerMinute that a key's holder may have worked on, by each instance; empty is no limit
 * @param openToAnyone whether an open function asks for no key
 * @param corsOrigins of pages elsewhere that may ask an open function; the function answers their preflights itself
 * @param tracing whether Lambda sends X-Ray a trace of a sample of the calls
 * @param rollout how a new version takes over
 * @param logDays how long logs are kept
 * @param p99Millis and slower, three times in a row, is an alarm
 * @param coldStartMillis and slower is an alarm: at 10,000 Lambda gives up an initialization and begins again
 */
public record FunctionConfig(Optional<String> imageDigest, Architecture architecture, int memoryMb, int storageMb,
        int timeoutSeconds, Optional<Integer> concurrency, int provisioned, boolean open,
        Optional<String> keysSecret, Optional<Integer> textsPerMinute, boolean openToAnyone, List<String> corsOrigins,
        boolean tracing, Rollout rollout, int logDays, int p99Millis, int coldStartMillis) {
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
        keysSecret.ifPresent(
                name -> Check.form("function.keys-secret", name, "[\\w/+=.@-]{1,512}", "scibert/api-keys"));
        textsPerMinute.ifPresent(texts -> Check.range("function.texts-per-minute", texts, 1, 1_000_000));
        corsOrigins = List.copyOf(corsOrigins);
        corsOrigins.forEach(origin -> Check.form("function.cors-origins", origin,
                "https?://([a-z0-9.-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?", "https://app.example.org"));
        checkOpen(open, concurrency, keysSecret, textsPerMinute, openToAnyone, corsOrigins);
        Check.that(concurrency.isEmpty() || provisioned <= concurrency.get(),
                "function.provisioned is %d and function.concurrency %d: no more can be kept warm than may run",
                provisioned, concurrency.orElse(0));
    }

    private static void checkOpen(boolean open, Optional<Integer> concurrency, Optional<String> keysSecret,
            Optional<Integer> textsPerMinute, boolean openToAnyone, List<String> corsOrigins) {
        Check.that(!open || concurrency.isPresent(), "function.open lets the internet call the function at your "
                + "expense; set function.concurrency to the most requests at a time that you are ready to pay for");
        Check.that(!open || openToAnyone || keysSecret.isPresent(), "function.open needs keys; set"
                + " function.keys-secret to the secret with their digests, or function.open-to-anyone=true if anybody"
                + " may ask without one");
        Check.that(!openToAnyone || open && keysSecret.isEmpty(), "function.open-to-anyone goes with function.open and"
                + " without function.keys-secret; remove one of them");
        Check.that(open || corsOrigins.isEmpty(), "function.cors-origins needs function.open: AWS refuses a browser's"
                + " preflight, which carries no signature, before the function sees it");
        Check.that(textsPerMinute.isEmpty() || keysSecret.isPresent(), "function.texts-per-minute limits the holders of"
                + " keys; set function.keys-secret too");
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
                settings.text("function.keys-secret"),
                settings.optionalInteger("function.texts-per-minute"),
                settings.flag("function.open-to-anyone", false),
                settings.list("function.cors-origins", List.of()),
                settings.flag("function.tracing", false),
                settings.choice("function.rollout", Rollout.CANARY),
                settings.integer("function.log-days", 30),
                settings.integer("function.p99-millis", 5_000),
                settings.integer("function.cold-start-millis", 8_000));
    }
}
