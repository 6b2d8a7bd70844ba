package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;

/**
 * How texts share forward passes, and on how many cores. Each is an environment variable, BATCH_TOKENS and QUEUE_TEXTS,
 * and OpenMP's own OMP_NUM_THREADS.
 *
 * @param cores that the network computes on
 * @param batchTokens most tokens of one forward pass of several texts, padding included. With MiniLM eight texts of 38
 *     tokens take 0.8 times as long each as one alone, sixteen take no less, and texts of 203 are not faster together:
 *     what they share is a pass's overhead, and what they lose is the processor's cache
 * @param queueTexts texts that may wait for the network; a request that comes then is refused
 */
@Singleton
public record BatchSettings(int cores, int batchTokens, int queueTexts) {
    /** Memory of a Lambda, in MB, for which it has the time of one core. */
    private static final double LAMBDA_MEMORY_OF_A_CORE = 1769;

    @Inject
    public BatchSettings(Config config) {
        this(
                Setting.of(config, "omp.num-threads").integer(1, 1024).orElseGet(() -> cores(
                        Runtime.getRuntime().availableProcessors(),
                        Setting.of(config, "aws.lambda-function-memory-size").text().map(Integer::parseInt))),
                Setting.of(config, "batch.tokens").integer(16, 65_536).orElse(320),
                Setting.of(config, "queue.texts").integer(1, 100_000).orElse(1024));
    }

    /**
     * The cores of this process.
     *
     * @param processors as the JVM counts them, which heeds a container's limit
     * @param lambdaMemory in MB, where this is a Lambda: it sees two processors whatever its share of their time is
     */
    public static int cores(int processors, Optional<Integer> lambdaMemory) {
        return lambdaMemory
                .map(memory -> (int) Math.max(1, Math.min(processors, Math.round(memory / LAMBDA_MEMORY_OF_A_CORE))))
                .orElse(processors);
    }
}
