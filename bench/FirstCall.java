import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * How long Batchferry's own part of a job takes, from the workflow's first step to the first call at a vendor. Runs the main
 * job against a vendor on loopback and reads the first time stamp of the job's log; in the same run it starts the same JVM
 * with nothing to do, as the yardstick of the machine. Start it with {@code bench/first-call}.
 */
public final class FirstCall {
    private static final Duration GOAL = Duration.ofSeconds(3);

    private FirstCall() {}

    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        long[] ours = new long[rounds];
        long[] bare = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            bare[i] = bareJvm().toMillis();
            ours[i] = firstStepToFirstCall(project).toMillis();
            System.out.printf(Locale.ROOT, "round %d: first step to first call %d ms, bare JVM %d ms%n", i + 1, ours[i], bare[i]);
        }
        long median = median(ours);
        System.out.printf(
                Locale.ROOT,
                "median: first step to first call %d ms = %.1f bare JVM starts (%d ms); goal %d ms: %s%n",
                median,
                (double) median / median(bare),
                median(bare),
                GOAL.toMillis(),
                median <= GOAL.toMillis() ? "met" : "MISSED");
        if (median > GOAL.toMillis()) {
            System.exit(1);
        }
    }

    private static Duration firstStepToFirstCall(Path project) throws Exception {
        AtomicReference<Instant> firstCall = new AtomicReference<>();
        HttpServer vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.setExecutor(Executors.newCachedThreadPool());
        vendor.createContext("/", exchange -> {
            firstCall.compareAndSet(null, Instant.now());
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"choices\":[{\"message\":{\"content\":\"ok\"}}]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        vendor.start();
        Path home = Files.createTempDirectory("first-call");
        try {
            run(home, List.of(
                    project.resolve("ferry").toString(), "run", project.resolve("examples/capitals.jsonl").toString(),
                    "--openai-base-url", "http://127.0.0.1:" + vendor.getAddress().getPort() + "/v1",
                    "-o", "out.jsonl"));
            return Duration.between(firstLogLine(home), firstCall.get());
        } finally {
            vendor.stop(0);
            ((java.util.concurrent.ExecutorService) vendor.getExecutor()).shutdownNow();
            delete(home);
        }
    }

    /** Every line of a job's log begins with its time; the first is written when the first step begins. */
    private static Instant firstLogLine(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(".ferry/local-github"))) {
            Path log = files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
            String line = Files.readAllLines(log).stream()
                    .filter(l -> l.contains("##[group]Run "))
                    .findFirst()
                    .orElseThrow();
            return Instant.parse(line.substring(0, line.indexOf(' ')));
        }
    }

    private static Duration bareJvm() throws Exception {
        Instant start = Instant.now();
        run(Path.of("."), List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-version"));
        return Duration.between(start, Instant.now());
    }

    private static void run(Path directory, List<String> command) throws Exception {
        Path log = Files.createTempFile("first-call", ".log");
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed:\n" + Files.readString(log));
        }
        Files.delete(log);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
