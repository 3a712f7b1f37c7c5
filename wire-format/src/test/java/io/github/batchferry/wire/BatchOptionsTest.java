package io.github.batchferry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.BatchOptions.Continuation;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchOptionsTest {
    @Property
    void aManifestCarriesThem(
            @ForAll Optional<@BigRange(min = "0", max = "100000") BigDecimal> budget,
            @ForAll boolean economy,
            @ForAll @IntRange(min = 1, max = BatchOptions.MAX_SHARDS) int shards,
            @ForAll Continuation continuation)
            throws MalformedJsonException {
        BatchManifest manifest = manifest(new BatchOptions(budget, economy, shards, continuation));

        assertThat(BatchManifest.parse(manifest.toJson().toByteArray())).isEqualTo(manifest);
    }

    @Test
    void manifestsOfOlderClientsHaveTheUsualOnes() throws Exception {
        String older = manifest(new BatchOptions(Optional.of(BigDecimal.ONE), true, 7, Continuation.RUNNER))
                .toJson()
                .toString()
                .replaceAll(",\"max_cost_usd\".*", "}");

        assertThat(BatchManifest.parse(older.getBytes(UTF_8)).options()).isEqualTo(BatchOptions.STANDARD);
    }

    @Test
    void whatOlderRunnersWouldSpendOnIsRefusedByThem() throws Exception {
        assertThat(version(BatchOptions.STANDARD)).isEqualTo(1);
        assertThat(version(new BatchOptions(Optional.empty(), false, 1, Continuation.RUNNER)))
                .as("a client goes on with it as well")
                .isEqualTo(1);
        assertThat(version(BatchOptions.STANDARD.withMaxCostUsd(BigDecimal.ONE)))
                .isEqualTo(2);
        assertThat(version(BatchOptions.STANDARD.withEconomy(true))).isEqualTo(2);
        assertThat(version(new BatchOptions(Optional.empty(), false, 2, Continuation.CLIENT)))
                .isEqualTo(2);
        assertThat(version(BatchOptions.STANDARD.cancelled())).isEqualTo(2);
    }

    private static int version(BatchOptions options) throws Exception {
        byte[] json = manifest(options).toJson().toByteArray();
        assertThat(BatchManifest.parse(json).options()).isEqualTo(options);
        return JsonSupport.MAPPER.readTree(json).path("schema_version").asInt();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> parse("\"shards\":1", "\"shards\":0"))
                .hasMessage("invalid shards `0`: expected a number from 1 to 256");
        assertThatThrownBy(() -> parse("\"max_cost_usd\":null", "\"max_cost_usd\":-0.5"))
                .hasMessage("invalid max_cost_usd `-0.5`: expected an amount from 0");
        assertThatThrownBy(() -> parse("\"client\"}", "\"nobody\"}"))
                .hasMessage("invalid continue `nobody`: expected client or runner");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"max_cost_usd\":null | \"max_cost_usd\":\"2.50\" | max_cost_usd `\"2.50\"`: expected a number",
                "\"max_cost_usd\":null | \"max_cost_usd\":[2] | max_cost_usd `[2]`: expected a number",
                "\"economy\":false | \"economy\":\"yes\" | economy `\"yes\"`: expected true or false",
                "\"economy\":false | \"economy\":false,\"cancel\":1 | cancel `1`: expected true or false",
                "\"shards\":1 | \"shards\":\"2\" | shards `\"2\"`: expected a number from 1 to 256",
                "\"shards\":1 | \"shards\":2.5 | shards `2.5`: expected a number from 1 to 256",
                "\"shards\":1 | \"shards\":4294967297 | shards `4294967297`: expected a number from 1 to 256",
                "\"continue\":\"client\" | \"continue\":0 | continue `0`: expected client or runner"
            })
    void whatIsOfAnotherKindIsRefusedAndNeverTakenForAbsent(String found, String replacement, String message) {
        assertThatThrownBy(() -> parse(found, replacement)).hasMessage("invalid " + message);
    }

    @Test
    void nullIsAbsent() throws Exception {
        String json = manifest(BatchOptions.STANDARD)
                .toJson()
                .toString()
                .replaceAll(",\"max_cost_usd\".*", ",\"economy\":null,\"shards\":null,\"continue\":null}");

        assertThat(BatchManifest.parse(json.getBytes(UTF_8)).options()).isEqualTo(BatchOptions.STANDARD);
    }

    private static BatchManifest parse(String found, String replacement) throws MalformedJsonException {
        String json = manifest(BatchOptions.STANDARD).toJson().toString();
        assertThat(json).contains(found);
        return BatchManifest.parse(json.replace(found, replacement).getBytes(UTF_8));
    }

    private static BatchManifest manifest(BatchOptions options) {
        return new BatchManifest(
                new BatchId("20260115-093000-k3p7qa"),
                Instant.parse("2026-01-15T09:30:00Z"),
                5,
                700,
                Sha256.of(new byte[0]),
                Optional.empty(),
                "ferry/0.1.0",
                options);
    }
}
