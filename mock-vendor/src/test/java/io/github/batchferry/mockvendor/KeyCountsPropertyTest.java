package io.github.batchferry.mockvendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeyCountsPropertyTest {
    @Property(tries = 20)
    void countsAsAMapWould(@ForAll long seed) {
        Random random = new Random(seed);
        KeyCounts counts = new KeyCounts();
        Map<Long, Integer> sent = new HashMap<>();
        Map<Long, Integer> answered = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            long key = Hash.mix(random.nextInt(9000));
            assertThat(counts.send(key)).isEqualTo(sent.merge(key, 1, Integer::sum) - 1);
            if (random.nextBoolean()) {
                assertThat(counts.answer(key)).isEqualTo(answered.merge(key, 1, Integer::sum) - 1);
            }
        }
        assertThat(counts.size()).isEqualTo(sent.size());
    }
}
