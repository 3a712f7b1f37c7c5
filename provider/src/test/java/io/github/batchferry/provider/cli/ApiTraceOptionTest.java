package io.github.batchferry.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApiTraceOptionTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private CliContext context(Map<String, String> environment) {
        return new CliContext(
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                new Random(1),
                false,
                false);
    }

    @Test
    void exchangesGoToStandardErrorIfWanted() {
        for (String wanted : new String[] {"api", "trace,api"}) {
            err.reset();
            context(Map.of("FERRY_DEBUG", wanted))
                    .apiTrace()
                    .orElseThrow()
                    .exchanged("GET", URI.create("https://github.com/o/r.git"), 200, Duration.ofMillis(7));

            assertThat(err).hasToString("git: GET https://github.com/o/r.git: 200 after 7 ms" + System.lineSeparator());
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void elseNobodyListens() {
        assertThat(context(Map.of()).apiTrace()).isEmpty();
        assertThat(context(Map.of("FERRY_DEBUG", "trace")).apiTrace()).isEmpty();
    }
}
