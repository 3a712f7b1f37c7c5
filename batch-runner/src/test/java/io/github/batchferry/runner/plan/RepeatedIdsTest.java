package io.github.batchferry.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.CustomId;
import org.junit.jupiter.api.Test;

class RepeatedIdsTest {
    @Test
    void suspectsEveryIdThatComesAgainAndHardlyAnyOther() {
        RepeatedIds ids = new RepeatedIds(300_000);
        for (int i = 0; i < 300_000; i++) {
            ids.look(new CustomId("request-" + i));
        }
        assertThat(ids.suspects()).hasSizeLessThan(20);

        ids.look(new CustomId("request-17"));
        ids.look(new CustomId("request-299999"));

        assertThat(ids.suspects()).contains(new CustomId("request-17"), new CustomId("request-299999"));
    }

    @Test
    void knowsNothingAtFirst() {
        RepeatedIds ids = new RepeatedIds(0);

        ids.look(new CustomId("a"));

        assertThat(ids.suspects()).isEmpty();
    }
}
