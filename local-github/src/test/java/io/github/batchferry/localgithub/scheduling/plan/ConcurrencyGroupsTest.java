package io.github.batchferry.localgithub.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.scheduling.plan.ConcurrencyGroups.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConcurrencyGroupsTest {
    private final ConcurrencyGroups<String> groups = new ConcurrencyGroups<>();

    @Test
    void oneHoldsOneWaitsAndAnOlderOneMakesWay() {
        assertThat(groups.enter("g", "one", false)).isEqualTo(new Entry<>(true, List.of()));
        assertThat(groups.enter("g", "two", false)).isEqualTo(new Entry<>(false, List.of()));
        assertThat(groups.enter("g", "three", false)).isEqualTo(new Entry<>(false, List.of("two")));
        assertThat(groups.enter("h", "four", false).granted()).isTrue();

        assertThat(groups.members()).isEqualTo(Map.of("g", List.of("one", "three"), "h", List.of("four")));
        assertThat(groups.leave("g", "two")).isEmpty();
        assertThat(groups.leave("g", "one")).hasValue("three");
        assertThat(groups.leave("g", "three")).isEmpty();
        assertThat(groups.holder("g")).isEmpty();
    }

    @Test
    void aHundredMayWaitIfTheyKeepEachOther() {
        for (int i = 0; i <= 100; i++) {
            assertThat(groups.enter("g", "c" + i, true).evicted()).isEmpty();
        }

        assertThat(groups.enter("g", "late", true)).isEqualTo(new Entry<>(false, List.of("late")));

        assertThat(groups.leave("g", "c0")).hasValue("c1");
        assertThat(groups.leave("g", "c1")).hasValue("c2");
        assertThat(groups.enter("g", "new", false).evicted()).hasSize(98).startsWith("c3");
    }

    @Test
    void whoWaitsMayLeave() {
        groups.enter("g", "one", true);
        groups.enter("g", "two", true);
        groups.enter("g", "three", true);

        assertThat(groups.leave("g", "two")).isEmpty();
        assertThat(groups.leave("g", "one")).hasValue("three");
    }
}
