package io.github.batchferry.runner.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Sha256 REQUESTS = Sha256.of(new byte[] {1});
    private static final Instant NOW = Instant.parse("2026-01-15T09:30:00.123Z");
    private static final Part PLANNED = Part.planned(0, "openai", "/v1/x", RequestSet.parse("0-9"));

    private final List<byte[]> stored = new ArrayList<>();
    private final Ledger ledger = new Ledger(REQUESTS, this::store);

    private CompletableFuture<Void> store(byte[] file) {
        stored.add(file);
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void aLaterRunReadsEveryPartAsItWasWritten() throws Exception {
        Part submitted =
                PLANNED.with(1, RequestSet.parse("10-12")).intended(NOW).submitted("batch_7");
        ledger.put(PLANNED.intended(NOW), submitted, PLANNED.intended(NOW).with(2, RequestSet.parse("13")));

        Ledger later = new Ledger(REQUESTS, this::store);
        later.load(stored.get(0));

        assertThat(later.parts()).containsExactlyElementsOf(ledger.parts());
        assertThat(later.nextNumber()).isEqualTo(3);
        assertThat(later.vendorBatchesBut(PLANNED)).containsExactly("batch_7");
        assertThat(later.vendorBatchesBut(submitted)).isEmpty();
    }

    @Test
    void plannedPartsHaveTheirNumbersAndAreWrittenOnlyWithTheirFirstAttempt() throws Exception {
        ledger.plan(List.of(PLANNED, PLANNED.with(1, RequestSet.parse("10"))));
        assertThat(stored).isEmpty();
        assertThat(ledger.nextNumber()).isEqualTo(2);

        ledger.put(PLANNED.intended(NOW));

        Ledger later = new Ledger(REQUESTS, this::store);
        later.load(stored.get(0));
        assertThat(later.parts()).containsExactly(PLANNED.intended(NOW));
    }

    @Test
    void aPartReplacesWhatItWas() {
        ledger.put(PLANNED.intended(NOW));
        ledger.put(PLANNED.intended(NOW).submitted("batch_7"));

        assertThat(ledger.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.vendorBatch()).contains("batch_7"));
        assertThat(stored).hasSize(2);
    }

    @Test
    void everyAttemptHasATagOfItsOwn() {
        BatchId batch = new BatchId("20260115-093000-k3p7qa");
        Part first = PLANNED.intended(NOW);

        assertThat(first.tag(batch))
                .matches("[0-9a-f]{16}")
                .isEqualTo(first.submitted("x").tag(batch));
        assertThat(first.intended(NOW).tag(batch)).isNotEqualTo(first.tag(batch));
        assertThat(first.tag(new BatchId("20260115-093000-k3p7qb"))).isNotEqualTo(first.tag(batch));
    }

    @Test
    void theLedgerOfOtherRequestsIsRefused() {
        ledger.put(PLANNED.intended(NOW));

        assertThatThrownBy(() -> new Ledger(Sha256.of(new byte[0]), this::store).load(stored.get(0)))
                .hasMessageStartingWith(
                        "cannot read `economy.json` of the results branch: it is that of other requests");
        assertThatThrownBy(() -> ledger.load("{\"schema_version\":2}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("schema_version is 2, this program reads 1");
        assertThatThrownBy(() -> ledger.load("{".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("dispatch the requests as a new batch");
    }
}
