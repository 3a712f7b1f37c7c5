package io.github.batchferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command and measures it: bash's {@code times} for the CPU, {@code /proc} for the memory. */
final class MeasuredProcess {
    private static final long LOOK_MILLIS = 50;

    private final Path folder;
    private final Map<String, String> environment;
    private final long limitSeconds;

    /** @param folder its working folder, where its output goes as {@code log.txt} */
    MeasuredProcess(Path folder, Map<String, String> environment, long limitSeconds) {
        this.folder = folder;
        this.environment = environment;
        this.limitSeconds = limitSeconds;
    }

    Measured run(List<String> command) throws IOException, InterruptedException {
        Path times = folder.resolve("times.txt");
        List<String> wrapped = new ArrayList<>(List.of(
                "bash",
                "-c",
                "log=$1 times=$2; shift 2; \"$@\" >\"$log\" 2>&1; code=$?; times >\"$times\"; exit $code",
                "bench",
                folder.resolve("log.txt").toString(),
                times.toString()));
        wrapped.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(wrapped).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Files.deleteIfExists(times);
        Instant startedAt = Instant.now();
        long started = System.nanoTime();
        Process process = builder.start();
        Memory memory = new Memory(process.toHandle(), started);
        boolean ended = false;
        while (!ended && System.nanoTime() - started < TimeUnit.SECONDS.toNanos(limitSeconds)) {
            ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            memory.look();
        }
        long wall = System.nanoTime() - started;
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
        long micros = startedAt.getEpochSecond() * 1_000_000 + startedAt.getNano() / 1000;
        return new Measured(
                micros, wall, cpuMillis(times), memory.peak, memory.samples, ended ? process.exitValue() : -1);
    }

    /** The end of what it printed. */
    static String tail(Path folder, int characters) throws IOException {
        String log = Files.readString(folder.resolve("log.txt"));
        return log.substring(Math.max(0, log.length() - characters));
    }

    /** The second line of {@code times} is that of the children: {@code 0m1.234s 0m0.100s}. */
    private static double cpuMillis(Path times) throws IOException {
        double sum = 0;
        for (String part : Files.readAllLines(times).get(1).split(" ")) {
            String[] minutes = part.substring(0, part.length() - 1).split("m");
            sum += Double.parseDouble(minutes[0]) * 60_000 + Double.parseDouble(minutes[1]) * 1000;
        }
        return sum;
    }

    private static final class Memory {
        private final ProcessHandle shell;
        private final long started;
        private final List<Measured.Sample> samples = new ArrayList<>();
        private long peak;

        Memory(ProcessHandle shell, long started) {
            this.shell = shell;
            this.started = started;
        }

        void look() {
            long now = shell.descendants().mapToLong(this::rss).max().orElse(0);
            if (now > 0) {
                samples.add(new Measured.Sample((System.nanoTime() - started) / 1e9, now));
            }
        }

        private long rss(ProcessHandle process) {
            long rss = 0;
            try {
                for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                    if (line.startsWith("VmHWM:")) {
                        peak = Math.max(peak, kilobytes(line));
                    } else if (line.startsWith("VmRSS:")) {
                        rss = kilobytes(line);
                    }
                }
            } catch (IOException e) {
                // it has just ended
            }
            return rss;
        }

        private static long kilobytes(String line) {
            return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
    }
}
