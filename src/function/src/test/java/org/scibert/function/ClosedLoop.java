package org.scibert.function;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Measures answers a second and their latencies over HTTP with 1, 2, 8, 16 and 32 clients in a closed loop: each sends
 * one text, waits for the answer, and sends the next at once. The clients are sockets and threads, which cost the
 * server's cores little.
 *
 * <p>Arguments: an address such as {@code http://localhost:8080/classify}, or a folder that the training job published
 * to and the model's name; then, after {@code --}, options as NAME=VALUE: {@code seconds} of each measurement (5),
 * {@code clients} and {@code sentences} (numbers with commas between them), the {@code field} of the body that takes
 * the text ({@code text}; {@code inputs} for text-embeddings-inference), {@code precision} and {@code java} options of
 * the function that it starts. Ends with 1 if there was an answer other than 200.
 */
public final class ClosedLoop {
    /** 18 tokens of BERT's uncased vocabulary. */
    private static final String SENTENCE = "The effect of fluoxetine on the forced swim test was studied in %d rats. ";
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final URI address;
    private final String field;

    /** What one client saw. */
    private record Seen(Map<Integer, Integer> statuses, long[] nanos) {}

    private ClosedLoop(URI address, String field) {
        this.address = address;
        this.field = field;
    }

    public static void main(String[] args) throws Exception {
        List<String> all = List.of(args);
        int end = all.contains("--") ? all.indexOf("--") : all.size();
        Map<String, String> options = new LinkedHashMap<>(Map.of("seconds", "5", "clients", "1,2,8,16,32",
                "sentences", "2,11", "field", "text", "precision", "auto", "java", "-Xmx256m -XX:+UseSerialGC"));
        for (String option : all.subList(Math.min(end + 1, all.size()), all.size())) {
            String[] parts = option.split("=", 2);
            if (parts.length < 2 || options.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException(option + " is not one of " + options.keySet() + " with its value");
            }
        }
        boolean good;
        if (args[0].startsWith("http:")) {
            good = new ClosedLoop(URI.create(args[0]), options.get("field")).run(options);
        } else {
            Map<String, String> environment = Map.of(
                    "MODEL_STORE", "file:" + Path.of(args[0]).toAbsolutePath(), "MODEL_NAME", args[1],
                    "MODEL_PRECISION", options.get("precision"));
            try (FunctionProcess function = FunctionProcess.start(environment, options.get("java").split(" "))) {
                URI address = function.address().resolve("/classify");
                try {
                    good = new ClosedLoop(address, options.get("field")).run(options);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a client failed; the function has said:\n" + function.output(), e);
                }
                System.out.printf(Locale.ROOT, "resident: %d MB%n", function.residentKilobytes() / 1000);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(Map<String, String> options) throws Exception {
        Duration length = Duration.ofMillis((long) (1000 * Double.parseDouble(options.get("seconds"))));
        boolean good = true;
        for (int sentences : numbers(options.get("sentences"))) {
            run(2, sentences, WARM_UP.multipliedBy(3)); // the JVM's compiler has most to do before the first line
            for (int clients : numbers(options.get("clients"))) {
                run(clients, sentences, WARM_UP);
                good &= print(clients, sentences, length, run(clients, sentences, length));
            }
        }
        return good;
    }

    private static int[] numbers(String list) {
        return LongStream.of(List.of(list.split(",")).stream().mapToLong(Long::parseLong).toArray())
                .mapToInt(Math::toIntExact).toArray();
    }

    private static boolean print(int clients, int sentences, Duration length, List<Seen> seen) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        seen.forEach(s -> s.statuses().forEach((status, count) -> statuses.merge(status, count, Integer::sum)));
        long[] nanos = seen.stream().flatMapToLong(s -> LongStream.of(s.nanos())).sorted().toArray();
        System.out.printf(Locale.ROOT, "%2d sentences, %2d clients: %6.1f answers/s, p50 %6.2f ms, p99 %6.2f ms%s%n",
                sentences, clients, nanos.length / (length.toMillis() / 1e3), quantile(nanos, 0.5),
                quantile(nanos, 0.99), statuses.keySet().equals(Set.of(200)) ? "" : ", by status " + statuses);
        return statuses.keySet().equals(Set.of(200));
    }

    /** In milliseconds. */
    private static double quantile(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)] / 1e6;
    }

    private List<Seen> run(int count, int sentences, Duration length) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count, ClosedLoop::daemon);
        long end = System.nanoTime() + length.toNanos();
        List<Future<Seen>> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            clients.add(threads.submit(() -> client(number, sentences, end)));
        }
        List<Seen> seen = new ArrayList<>();
        for (Future<Seen> c : clients) {
            seen.add(c.get());
        }
        threads.shutdown();
        return seen;
    }

    /** So that a client that fails ends the run. */
    private static Thread daemon(Runnable client) {
        Thread thread = new Thread(client);
        thread.setDaemon(true);
        return thread;
    }

    private Seen client(int number, int sentences, long end) throws IOException {
        Map<Integer, Integer> statuses = new TreeMap<>();
        LongStream.Builder nanos = LongStream.builder();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = number; System.nanoTime() < end; i++) {
                byte[] request = request(sentences, i);
                long start = System.nanoTime();
                socket.getOutputStream().write(request);
                int status = answer(in);
                if (status == 200) {
                    nanos.add(System.nanoTime() - start);
                }
                statuses.merge(status, 1, Integer::sum);
            }
        }
        return new Seen(statuses, nanos.build().toArray());
    }

    /** Texts of one length that differ by a number. */
    private byte[] request(int sentences, int number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append(String.format(Locale.ROOT, SENTENCE, 10 + (number + i) % 90));
        }
        String body = "{\"" + field + "\":\"" + text.toString().strip() + "\"}";
        String head = "POST " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads one answer to its end and returns its status. */
    private static int answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without Content-Length, which this client can't read");
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
