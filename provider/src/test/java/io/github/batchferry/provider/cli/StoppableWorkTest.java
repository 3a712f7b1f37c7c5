package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Stops real processes: only they have signals. */
class StoppableWorkTest {
    /** Waits until it is interrupted, says so, and names an exit code. */
    static final class Waiting {
        public static void main(String[] args) {
            System.exit(StoppableWork.run(() -> {
                System.out.println("waiting");
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    System.out.println("said how to come back");
                }
                return Integer.parseInt(args[0]);
            }));
        }
    }

    /** Reads standard input, which a stopped process must not wait for. */
    static final class Reading {
        public static void main(String[] args) {
            CliContext context = CliContext.ofProcess(System.getenv());
            System.exit(StoppableWork.run(() -> {
                context.err().println("waiting");
                try {
                    return context.in().read();
                } catch (IOException e) {
                    context.err().println("gave up reading");
                    return 77;
                }
            }));
        }
    }

    /** Ends by itself. */
    static final class Quick {
        public static void main(String[] args) {
            System.exit(StoppableWork.run(() -> 5));
        }
    }

    @Test
    void aStoppedProcessEndsInOrderWithTheCodeOfItsWork() throws Exception {
        Process process = start(Waiting.class, "130");
        try (BufferedReader out = output(process)) {
            assertThat(out.readLine()).isEqualTo("waiting");
            process.toHandle().destroy();

            assertThat(out.readLine()).isEqualTo("said how to come back");
            assertThat(exitCode(process)).isEqualTo(130);
        }
    }

    @Test
    void aProcessThatReadsStandardInputCanBeStopped() throws Exception {
        Process process = start(Reading.class);
        try (BufferedReader out = output(process)) {
            assertThat(out.readLine()).isEqualTo("waiting");
            process.toHandle().destroy();

            assertThat(out.readLine()).isEqualTo("gave up reading");
            assertThat(exitCode(process)).isEqualTo(77);
        }
    }

    @Test
    void workThatEndsByItselfKeepsItsCode() throws Exception {
        assertThat(exitCode(start(Quick.class))).isEqualTo(5);
    }

    private static Process start(Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.command().addAll(List.of(arguments));
        return builder.redirectErrorStream(true).start();
    }

    private static BufferedReader output(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private static int exitCode(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
