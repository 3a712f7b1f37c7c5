package io.github.batchferry.localgithub.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultFileTest {
    @TempDir
    Path folder;

    private List<FaultRule> read(String text) throws IOException {
        return FaultFile.read(Files.writeString(folder.resolve("faults.yaml"), text));
    }

    @Test
    void everyKindOfFaultCanBeWritten() throws IOException {
        List<FaultRule> rules = read("""
                - {on: "GET /a", fault: latency, time: 500ms}
                - {on: "* /**", fault: answer, status: 502, headers: {A: "1", B: two}, body: text}
                - {on: "GET /a", fault: answer}
                - {on: "GET /a", fault: primary-limit, status: 429, reset: 2m}
                - {on: "GET /a", fault: secondary-limit, retry-after: 3s}
                - {on: "GET /a", fault: secondary-limit}
                - {on: "GET /a", fault: lost-answer, skip: 2, times: 3}
                - {on: "GET /a", fault: cut-answer, bytes: 7}
                - {on: "GET /a", fault: late-runs, time: 1h}
                - {on: "GET /a", fault: stale-lists, time: 1s, times: always}
                - {on: "GET /a", fault: changing-etags}
                """);

        assertThat(rules)
                .containsExactly(
                        FaultRule.always("GET", "/a", new Fault.Latency(Duration.ofMillis(500))),
                        FaultRule.always("*", "/**", new Fault.Answer(502, Map.of("A", "1", "B", "two"), "text")),
                        FaultRule.always("GET", "/a", new Fault.Answer(503, Map.of(), "")),
                        FaultRule.always("GET", "/a", new Fault.PrimaryLimit(429, Duration.ofMinutes(2))),
                        FaultRule.always(
                                "GET", "/a", new Fault.SecondaryLimit(403, Optional.of(Duration.ofSeconds(3)))),
                        FaultRule.always("GET", "/a", new Fault.SecondaryLimit(403, Optional.empty())),
                        FaultRule.times(3, "GET", "/a", new Fault.LostAnswer()).after(2),
                        FaultRule.always("GET", "/a", new Fault.CutAnswer(7)),
                        FaultRule.always("GET", "/a", new Fault.LateRuns(Duration.ofHours(1))),
                        FaultRule.always("GET", "/a", new Fault.StaleLists(Duration.ofSeconds(1))),
                        FaultRule.always("GET", "/a", new Fault.ChangingETags()));
    }

    @Test
    void jsonIsReadTheSameWay() throws IOException {
        assertThat(read("[{\"on\": \"GET /a\", \"times\": 1, \"fault\": \"lost-answer\"}]"))
                .containsExactly(FaultRule.times(1, "GET", "/a", new Fault.LostAnswer()));
    }

    @Test
    void everyProblemIsToldWithItsLine() {
        assertThatThrownBy(() -> read("""
                        - on: nothing
                          fault: latency
                        - on: GET /a
                          fault: flood
                          skip: few
                        - on: GET /a
                          fault: lost-answer
                          time: 1s
                        - on: GET /a
                          fault: latency
                          time: soon
                        - text
                        """))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(
                        e -> assertThat(e.getMessage().lines().map(line -> line.replaceFirst("^.*faults.yaml:", "")))
                                .containsExactly(
                                        "1: expected `on` with a method and a path, such as GET /repos/*/*/actions/runs/**",
                                        "1: expected `time`, such as 500ms",
                                        "5: cannot read `few` of `skip`: expected a whole number",
                                        "4: expected `fault` to be one of answer, changing-etags, cut-answer, late-runs, latency,"
                                                + " lost-answer, primary-limit, secondary-limit, stale-lists, found `flood`",
                                        "8: found `time`, which means nothing for lost-answer",
                                        "11: cannot read `soon` of `time`: expected a time such as 500ms, 2s or 1m",
                                        "12: expected `on` with a method and a path, such as GET /repos/*/*/actions/runs/**",
                                        "12: expected `fault` to be one of answer, changing-etags, cut-answer, late-runs,"
                                                + " latency, lost-answer, primary-limit, secondary-limit, stale-lists, found ``"));
        assertThatThrownBy(() -> read("on: GET /a")).hasMessageContaining("expected a list of faults");
        assertThatThrownBy(() -> read("[")).hasMessageContaining("cannot read this as YAML");
    }

    @Test
    void starsStandForPartsOfPaths() {
        assertThat(matches("/repos/*/*/actions/runs", "/repos/a/b/actions/runs"))
                .isTrue();
        assertThat(matches("/repos/*/actions", "/repos/a/b/actions")).isFalse();
        assertThat(matches("/repos/**", "/repos/a/b")).isTrue();
        assertThat(matches("/a/**/z*", "/a/b/c/zoo")).isTrue();
        assertThat(matches("/a.b", "/axb")).isFalse();
        assertThat(matches("**", "/anything/at/all")).isTrue();
    }

    private static boolean matches(String glob, String path) {
        return FaultRule.always("GET", glob, new Fault.LostAnswer()).matches("GET", path, Set.of());
    }

    @Test
    void numbersBelowZeroAreRefused() {
        List<FaultRule> none = new ArrayList<>();
        assertThatThrownBy(() -> none.add(FaultRule.times(-1, "GET", "/a", new Fault.LostAnswer())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> none.add(FaultRule.times(1, "GET", "a", new Fault.LostAnswer())))
                .hasMessageContaining("slash");
    }
}
