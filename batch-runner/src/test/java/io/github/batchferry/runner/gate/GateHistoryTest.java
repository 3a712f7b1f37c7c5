package io.github.batchferry.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateHistoryTest {
    @Test
    void logsTheFirstChangesKeepsTheLatestAndCountsAll() {
        List<String> lines = new ArrayList<>();
        GateHistory history = new GateHistory(lines::add);
        for (int i = 1; i <= 1000; i++) {
            history.accept(new GateChange(
                    Instant.EPOCH, "cloud/m", GateChange.What.WINDOW, i, i + 1, "429 without known limits"));
        }

        assertThat(lines).hasSize(GateHistory.LINES + 1);
        assertThat(lines.get(0)).isEqualTo("limits: cloud/m: 1 → 2 calls at once (429 without known limits)");
        assertThat(lines.get(GateHistory.LINES)).isEqualTo("limits: further changes are not logged");
        assertThat(history.latest()).hasSize(GateHistory.KEPT);
        assertThat(history.latest().get(GateHistory.KEPT - 1).after()).isEqualTo(1001);
        assertThat(history.count()).isEqualTo(1000);
    }
}
