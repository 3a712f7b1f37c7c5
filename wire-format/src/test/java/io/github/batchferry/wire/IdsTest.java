package io.github.batchferry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @Test
    void batchIdIsTheUtcTimeAndSixBase32Characters() {
        BatchId id = BatchId.create(Instant.parse("2026-01-15T09:30:00.999Z"), new Random(1));

        assertThat(id.toString()).matches("20260115-093000-[a-z2-7]{6}");
    }

    @Property
    void everyCreatedBatchIdReadsBack(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 4_102_444_800L) long second) {
        BatchId id = BatchId.create(Instant.ofEpochSecond(second), new Random(seed));

        assertThat(new BatchId(id.value())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20260115-093000-k3p7q",
                "20260115-093000-k3p7qa1",
                "20260115-093000-K3P7QA",
                "20260115-093000-k3p7q1",
                "20261315-093000-k3p7qa",
                "20260230-093000-k3p7qa",
                "20260115-246000-k3p7qa",
                "20260115-093000-k3p7qa\n",
                "../../etc/passwd",
                "20260115-093000-k3p7qa'; echo pwned; '",
                "skill-a1b2c3d-20260115T093000"
            })
    void whatIsNoBatchIdIsRefused(String text) {
        assertThatThrownBy(() -> new BatchId(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("invalid batch id `")
                .hasMessageContaining("expected the form yyyymmdd-hhmmss-xxxxxx");
    }

    @Test
    void refusalsShowControlCharactersAsQuestionMarksAndCutLongValues() {
        assertThatThrownBy(() -> new CustomId("a\u001b[2Jb"))
                .hasMessage("invalid custom_id `a?[2Jb`: expected 1 to 512 characters without control characters");
        assertThatThrownBy(() -> new CustomId("x".repeat(70_000)))
                .message()
                .hasSizeLessThan(200)
                .contains("…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(touch pwned)", "../x", "a b", "`id`", "日本語", "🙂"})
    void customIdsAreDataAndMayHoldAnythingPrintable(String text) {
        assertThat(new CustomId(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/responses", "/v1beta/models/gemini-2.5-pro:generateContent"})
    void endpointsAreplainPaths(String path) {
        assertThat(new EndpointPath(path).value()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "v1/chat",
                "//evil.example/v1",
                "/v1//chat",
                "/v1/../admin",
                "/..",
                "/./v1",
                "/v1@evil.example",
                "https://evil.example/v1",
                "/v1?key=x",
                "/v1#x",
                "/v1\\x",
                "/v1/%2e%2e/x",
                "/v1/\n"
            })
    void endpointsThatCouldLeaveTheVendorAreRefused(String path) {
        assertThatThrownBy(() -> new EndpointPath(path)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void sha256MatchesTheStandardsExample() {
        // FIPS 180-4 example "abc"
        assertThat(Sha256.of("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .value())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void onlyTheTitleOfARunOfSomeBatchIsARunName() {
        assertThat(BatchFiles.isRunName(BatchFiles.runName(new BatchId("20260115-093000-k3p7qa"))))
                .isTrue();
        assertThat(BatchFiles.isRunName("llm-batch 20260115-093000-k3p7qa again"))
                .isFalse();
        assertThat(BatchFiles.isRunName("llm-batch ")).isFalse();
        assertThat(BatchFiles.isRunName("Evals of the night")).isFalse();
    }
}
