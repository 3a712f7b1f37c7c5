package io.github.batchferry.wire.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.problem.Problem;
import io.github.batchferry.wire.problem.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private final Problems problems = new Problems();

    @Property
    void everyDurationReadsBack(@ForAll @LongRange(min = 0, max = 900_000_000L) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
    }

    @Test
    void durationsOfOtherFormsAreNone() {
        for (String text : List.of("", "10", "s", "1d", "-1s", "1.5h", "10 s", "99999999999s")) {
            assertThat(DurationText.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void scalarsAreTheTextTheAuthorWrote() {
        YamlMap map = YamlMap.parse("x.yaml", "on: yes\nversion: 1.10\nflag: true\n", problems)
                .orElseThrow();

        assertThat(map.string("on")).contains("yes");
        assertThat(map.string("version")).contains("1.10");
        assertThat(map.bool("flag")).contains(true);
        assertThat(map.bool("on")).isEmpty();
        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly("x.yaml:1 $.on: expected true or false, found `yes`");
    }

    @Test
    void keysTwiceAndUnknownKeysAreProblemsAtTheirLines() {
        YamlMap map = YamlMap.parse("x.yaml", "a: 1\nb: 2\na: 3\ncolour: 4\n", problems)
                .orElseThrow();
        map.allowOnly(Set.of("a", "b", "color"));

        assertThat(problems.firstOnes())
                .extracting(Problem::toString)
                .containsExactly(
                        "x.yaml:3 $.a: the key appears twice", "x.yaml:4 $.colour: unknown key; did you mean `color`?");
    }

    @Test
    void aliasBombsAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }

        assertThat(YamlMap.parse("x.yaml", bomb.toString(), problems)).isEmpty();
        assertThat(problems.firstOnes().get(0).message()).startsWith("not valid YAML");
    }

    @Test
    void suggestionsAreOnlyMadeForNamesThatAreClose() {
        assertThat(NearestName.of("tiemout", Set.of("timeout", "models"))).contains("timeout");
        assertThat(NearestName.of("x", Set.of("timeout", "models"))).isEmpty();
        assertThat(NearestName.of("x", Set.of())).isEmpty();
    }
}
