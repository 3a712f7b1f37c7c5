import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * How long {@code ferry submit} of 300 prompts takes until its dispatch arrives, beside a bare JDK HttpClient that does the
 * same POST, both without the start of the JVM, which is measured in the same round. The server is on loopback. Start it with
 * {@code bench/dispatch}.
 */
public final class Dispatch {
    private static final double GOAL = 2;
    private static final int PROMPTS = 300;

    // Mutable state
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<byte[]> posted = new AtomicReference<>();

    public static void main(String[] args) throws Exception {
        if (args[0].equals("bare")) {
            bare(args[1], Path.of(args[2]));
        } else {
            new Dispatch().compare(Path.of(args[0]), Integer.parseInt(args[1]));
        }
    }

    private void compare(Path project, int rounds) throws Exception {
        HttpServer github = serve();
        Path home = Files.createTempDirectory("dispatch");
        String api = "http://127.0.0.1:" + github.getAddress().getPort();
        try {
            write(home, api);
            ours(project, home);
            Files.write(home.resolve("body.json"), posted.get());
            Path classes = compiled(project);
            long[] ours = new long[rounds];
            long[] bare = new long[rounds];
            long[] jvm = new long[rounds];
            for (int i = 0; i < rounds; i++) {
                calls.set(0);
                ours[i] = ours(project, home);
                int needed = calls.get();
                bare[i] = until(home, List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classes.toString(), "Dispatch", "bare", api,
                        home.resolve("body.json").toString()));
                long start = System.nanoTime();
                run(home, List.of(java(), "-XX:+UseSerialGC", "-version"));
                jvm[i] = System.nanoTime() - start;
                System.out.printf(Locale.ROOT, "round %d: ferry %d ms (%d call), bare client %d ms, JVM %d ms%n",
                        i + 1, ours[i] / 1_000_000, needed, bare[i] / 1_000_000, jvm[i] / 1_000_000);
            }
            report(median(ours), median(bare), median(jvm));
        } finally {
            github.stop(0);
            delete(home);
        }
    }

    private static void report(long ours, long bare, long jvm) {
        double ratio = (double) (ours - jvm) / (bare - jvm);
        System.out.printf(Locale.ROOT, "median without the JVM's start: ferry %d ms, bare client %d ms = %.2f times; goal %.1f: %s%n",
                (ours - jvm) / 1_000_000, (bare - jvm) / 1_000_000, ratio, GOAL, ratio <= GOAL ? "met" : "MISSED");
        if (ratio > GOAL) {
            System.exit(1);
        }
    }

    /** The same POST by nothing but the JDK. */
    private static void bare(String api, Path body) throws Exception {
        java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .build();
        client.send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(api + "/repos/o/r/actions/workflows/run-evals.yml/dispatches"))
                        .header("Authorization", "Bearer x")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofFile(body))
                        .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
    }

    private HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean dispatch = exchange.getRequestMethod().equals("POST");
            if (dispatch) {
                arrived.set(System.nanoTime());
                posted.set(body);
            }
            boolean file = exchange.getRequestURI().getPath().contains("/contents/");
            byte[] answer = (dispatch
                            ? "{\"workflow_run_id\":" + calls.get() + ",\"html_url\":\"http://127.0.0.1/run\"}"
                            : file ? "vendors: [{name: echo, kind: echo, models: [\"*\"]}]\n" : "{\"default_branch\":\"main\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void write(Path home, String api) throws IOException {
        Files.writeString(home.resolve("targets.yaml"),
                "targets:\n  - name: cloud\n    provider: github-actions\n    repo: o/r\n    token_env: TOKEN\n    api_url: " + api + "\n");
        StringBuilder prompts = new StringBuilder();
        for (int i = 0; i < PROMPTS; i++) {
            prompts.append("{\"id\":\"p").append(i).append("\",\"model\":\"echo/echo-1\",\"prompt\":\"What is the capital of country ")
                    .append(i).append(", and what is it known for?\"}\n");
        }
        Files.writeString(home.resolve("prompts.jsonl"), prompts);
    }

    private long ours(Path project, Path home) throws Exception {
        return until(home, List.of(project.resolve("ferry").toString(), "submit", "prompts.jsonl", "--target", "cloud", "--fresh"));
    }

    /** Time from the start of a process until its POST arrives. */
    private long until(Path home, List<String> command) throws Exception {
        long start = System.nanoTime();
        run(home, command);
        return arrived.get() - start;
    }

    private static Path compiled(Path project) throws Exception {
        Path classes = Files.createTempDirectory("dispatch-classes");
        run(classes, List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString(), "-d", classes.toString(),
                project.resolve("bench/Dispatch.java").toString()));
        return classes;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void run(Path directory, List<String> command) throws Exception {
        Path log = Files.createTempFile("dispatch", ".log");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("TOKEN", "x"));
        if (builder.start().waitFor() != 0) {
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
