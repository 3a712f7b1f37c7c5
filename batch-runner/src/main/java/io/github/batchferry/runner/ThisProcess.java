package io.github.batchferry.runner;

import io.github.batchferry.git.JGitRemote;
import io.github.batchferry.runner.transport.Adapters;
import io.github.batchferry.runner.transport.HttpTransport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/** The real surroundings of the batch runner. */
final class ThisProcess {
    private static final Duration GIT_TIMEOUT = Duration.ofSeconds(60);

    private ThisProcess() {}

    static Surroundings surroundings() {
        HttpTransport transport = HttpTransport.forVendors();
        transport.prepare();
        JGitRemote.prepare();
        return new Surroundings(
                System.getenv(),
                // GitHub reads logs as UTF-8, whatever the machine's locale
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                (job, scratch) -> new JGitRemote(job.repository(), Optional.of(job.token()), scratch, GIT_TIMEOUT),
                Adapters.installed(),
                transport,
                new Random(),
                InstantSource.system(),
                Timing.standard(),
                version());
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
