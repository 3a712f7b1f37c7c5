package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second run of a file of which a few lines changed. */
class CacheTest {
    @TempDir
    Path home;

    @Test
    void onlyWhatChangedIsDispatchedAndNothingWhereNothingDid() throws Exception {
        run("one.jsonl", "Paris", "Rome", "Oslo").expectExit(0);

        FerryProcess.Result same = run("two.jsonl", "Paris", "Rome", "Oslo").expectExit(0);
        FerryProcess.Result changed =
                run("three.jsonl", "Paris", "Lima", "Oslo").expectExit(0);

        assertThat(same.err())
                .contains("3 of 3 from the cache; nothing is dispatched\n")
                .doesNotContain("delivered");
        assertThat(same.out()).contains("succeeded  3\n");
        assertThat(changed.err()).contains("2 of 3 from the cache\n").contains("dispatched\n");
        List<JsonNode> mixed = CapitalsTest.lines(home.resolve("three.jsonl"));
        assertThat(mixed)
                .extracting(r -> r.get("custom_id").asText() + " "
                        + r.get("text").asText() + " " + r.path("cached").asBoolean())
                .containsExactly("q0 Paris true", "q1 Lima false", "q2 Oslo true");
        assertThat(mixed.get(0).get("cost_usd").decimalValue()).isZero();
        assertThat(CapitalsTest.lines(home.resolve("two.jsonl")))
                .extracting(r -> r.get("id").asText())
                .as("ids are those of the new batch")
                .doesNotContainAnyElementsOf(CapitalsTest.lines(home.resolve("one.jsonl")).stream()
                        .map(r -> r.get("id").asText())
                        .toList());
    }

    private FerryProcess.Result run(String out, String... words) throws Exception {
        int[] number = {0};
        String lines = Stream.of(words)
                .map(word -> "{\"id\":\"q" + number[0]++ + "\",\"prompt\":\"" + word + "\",\"model\":\"echo-1\"}\n")
                .collect(Collectors.joining());
        Files.writeString(home.resolve("words.jsonl"), lines);
        return FerryProcess.run(home, "run", "words.jsonl", "--cache", "-o", out);
    }
}
