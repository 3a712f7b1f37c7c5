package io.github.batchferry.provider.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks GitHub's own command line, where it is installed and logged in, for the token of a host. Its keyring is read by nobody
 * else.
 */
final class GhLogin implements HostTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private final Duration patience;

    GhLogin(Map<String, String> environment) {
        this(environment, PATIENCE);
    }

    GhLogin(Map<String, String> environment, Duration patience) {
        this.environment = Map.copyOf(environment);
        this.patience = patience;
    }

    /** The token of a host; empty if {@code gh} is missing, not logged in there or too slow. */
    @Override
    public Optional<String> token(String host) {
        String gh = environment.getOrDefault("GH_PATH", "gh");
        ProcessBuilder command = new ProcessBuilder(List.of(gh, "auth", "token", "--hostname", host))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        command.environment().clear();
        command.environment().putAll(environment);
        try {
            return answer(command.start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String origin() {
        return "gh auth token";
    }

    /** The answer fits in the pipe, so it may be read after the end. */
    private Optional<String> answer(Process process) throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            String token = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return Optional.of(token).filter(text -> !text.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
