import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How long the client takes before it sends a large batch: {@code ferry run --dry-run} loads, validates and serializes a file of
 * requests in a JVM of 256 MB heap, its start included. In the same round {@code gzip -6} packs the same file, as the yardstick of
 * the machine. Start it with {@code bench/load}.
 */
public final class Load {
    private static final double GOAL = 1.5;
    private static final int WORDS_OF_A_PROMPT = 60;
    private static final int VOCABULARY = 20_000;

    private Load() {}

    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]);
        int requests = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        Path folder = Files.createTempDirectory("ferry-load");
        try {
            Path file = folder.resolve("requests.jsonl");
            write(file, requests);
            System.out.printf(Locale.ROOT, "%,d requests, %.1f MB%n", requests, Files.size(file) / 1e6);
            double[] ratios = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                Measured gzip = run(folder, List.of("gzip", "-6", "--stdout", file.toString()));
                Measured ferry = run(folder, ferry(project, file));
                ratios[i] = (double) ferry.time().toMillis() / gzip.time().toMillis();
                System.out.printf(
                        Locale.ROOT,
                        "round %d: ferry %d ms (%d ms of CPU), peak %d MB resident; gzip -6 %d ms (%d ms of CPU); ratio %.2f, of CPU %.2f%n",
                        i + 1,
                        ferry.time().toMillis(), ferry.cpu().toMillis(), ferry.peakKilobytes() / 1024,
                        gzip.time().toMillis(), gzip.cpu().toMillis(),
                        ratios[i], (double) ferry.cpu().toMillis() / gzip.cpu().toMillis());
            }
            Arrays.sort(ratios);
            double median = ratios[rounds / 2];
            System.out.printf(Locale.ROOT, "median ratio %.2f; goal %.1f: %s%n", median, GOAL, median <= GOAL ? "met" : "MISSED");
            if (median > GOAL) {
                System.exit(1);
            }
        } finally {
            delete(folder);
        }
    }

    private record Measured(Duration time, Duration cpu, long peakKilobytes) {}

    private static List<String> ferry(Path project, Path file) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC",
                "-jar", project.resolve("provider/target/ferry.jar").toString(),
                "run", file.toString(), "--dry-run");
    }

    /** Peak and CPU time are what the system says of the process while it lives; 0 where it says nothing. */
    private static Measured run(Path folder, List<String> command) throws Exception {
        Path log = folder.resolve("log");
        Instant start = Instant.now();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        Path status = Path.of("/proc/" + process.pid() + "/status");
        long peak = 0;
        Duration cpu = Duration.ZERO;
        while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKilobytes(status));
            cpu = process.info().totalCpuDuration().orElse(cpu);
        }
        Duration time = Duration.between(start, Instant.now());
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " failed:\n" + Files.readString(log));
        }
        return new Measured(time, cpu, peak);
    }

    private static long peakKilobytes(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (Exception e) {
            return 0; // it has ended, or the system has no such file
        }
    }

    /** Prompts of made-up words, drawn as unevenly as those of a language, so that they pack about as well as prose. */
    private static void write(Path file, int requests) throws Exception {
        Random random = new Random(7);
        String[] words = new String[VOCABULARY];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.ints(2 + random.nextInt(9), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < requests; i++) {
                line.setLength(0);
                line.append("{\"custom_id\":\"request-").append(i)
                        .append("\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"echo-1\",")
                        .append("\"messages\":[{\"role\":\"user\",\"content\":\"");
                for (int word = 0; word < WORDS_OF_A_PROMPT; word++) {
                    line.append(word == 0 ? "" : " ").append(words[zipf(random)]);
                }
                line.append("?\"}],\"temperature\":0}}\n");
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** The rank of a word: of low ones there are many, in inverse proportion to the rank. */
    private static int zipf(Random random) {
        return (int) Math.pow(VOCABULARY, random.nextDouble()) - 1;
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
