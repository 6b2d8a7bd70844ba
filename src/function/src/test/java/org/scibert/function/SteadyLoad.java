package org.scibert.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what many clients at once do to the function over HTTP: its answers by status, their latencies, and whether
 * its memory grows. The clients ask again at once, whatever they were told, which is worse than clients behave.
 *
 * <p>Arguments: a folder that the training job published to, the model's name, seconds, and options of the JVM. Ends
 * with 1 if there was an answer other than 200, or 429 and 503 with Retry-After.
 */
public final class SteadyLoad {
    private static final int CLIENTS = 32;
    /** Enough for two cores. */
    private static final int FEW_CLIENTS = 8;
    private static final int ROUNDS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORDS = "The effect of fluoxetine on the forced swim test was studied in 40 rats. ";

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;

    /** What one client saw. */
    private record Seen(Map<String, Integer> statuses, List<Long> nanosOfAnswers) {}

    private SteadyLoad(URI address) {
        this.address = address;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> environment = Map.of(
                "MODEL_STORE", "file:" + Path.of(args[0]).toAbsolutePath(), "MODEL_NAME", args[1]);
        String[] options = List.of(args).subList(3, args.length).toArray(String[]::new);
        boolean good;
        try (FunctionProcess function = FunctionProcess.start(environment, options)) {
            SteadyLoad load = new SteadyLoad(function.address().resolve("/classify"));
            load.run(CLIENTS, WARM_UP);
            long before = function.residentKilobytes();
            List<Seen> seen = load.run(CLIENTS, Duration.ofSeconds(Long.parseLong(args[2])));
            long after = function.residentKilobytes();
            good = print(seen);
            System.out.printf("resident after the warm-up %d MB, after the run %d MB: %+.1f %%%n",
                    before / 1000, after / 1000, 100.0 * (after - before) / before);
            load.compare(Duration.ofSeconds(Math.max(5, Long.parseLong(args[2]) / ROUNDS)));
        }
        System.exit(good ? 0 : 1);
    }

    /** Few clients and many in turns, so that a busy machine is busy for both. */
    private void compare(Duration length) throws Exception {
        long[] answers = new long[2];
        for (int round = 0; round < ROUNDS; round++) {
            answers[0] += answered(run(FEW_CLIENTS, length));
            answers[1] += answered(run(CLIENTS, length));
        }
        double seconds = ROUNDS * length.toSeconds();
        System.out.printf(
                Locale.ROOT, "answers with 200 a second: %.1f with %d clients, %.1f with %d, %.1f %% of the former%n",
                answers[0] / seconds, FEW_CLIENTS, answers[1] / seconds, CLIENTS, 100.0 * answers[1] / answers[0]);
    }

    private static long answered(List<Seen> seen) {
        return seen.stream().mapToLong(s -> s.nanosOfAnswers().size()).sum();
    }

    private List<Seen> run(int count, Duration length) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        long end = System.nanoTime() + length.toNanos();
        List<Future<Seen>> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            clients.add(threads.submit(() -> client(number, end)));
        }
        List<Seen> seen = new ArrayList<>();
        for (Future<Seen> c : clients) {
            seen.add(c.get());
        }
        threads.shutdown();
        return seen;
    }

    /** Texts of one to eight sentences, in an order of the client's own. */
    private Seen client(int number, long end) throws Exception {
        Seen seen = new Seen(new TreeMap<>(), new ArrayList<>());
        for (int i = number; System.nanoTime() < end; i++) {
            String body = JSON.writeValueAsString(Map.of("text", WORDS.repeat(1 + i % 8)));
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            long start = System.nanoTime();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                seen.nanosOfAnswers().add(System.nanoTime() - start);
            }
            boolean told = response.headers().firstValue("Retry-After").isPresent();
            seen.statuses().merge(response.statusCode() + (told ? " with Retry-After" : ""), 1, Integer::sum);
        }
        return seen;
    }

    /** Whether nothing was seen but what may be. */
    private static boolean print(List<Seen> seen) {
        Map<String, Integer> statuses = new TreeMap<>();
        seen.forEach(s -> s.statuses().forEach((status, count) -> statuses.merge(status, count, Integer::sum)));
        long[] nanos = seen.stream().flatMap(s -> s.nanosOfAnswers().stream()).mapToLong(n -> n).sorted().toArray();
        System.out.println("answers: " + statuses);
        System.out.printf("answered with 200: p50 %.0f ms, p99 %.0f ms%n",
                nanos[nanos.length / 2] / 1e6, nanos[(int) (nanos.length * 0.99)] / 1e6);
        return List.of("200", "429 with Retry-After", "503 with Retry-After").containsAll(statuses.keySet());
    }
}
