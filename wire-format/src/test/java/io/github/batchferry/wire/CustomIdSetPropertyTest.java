package io.github.batchferry.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CustomIdSetPropertyTest {
    @Property(tries = 20)
    void numbersIdsAsAListOfTheDifferentOnesWould(@ForAll long seed) {
        Random random = new Random(seed);
        CustomIdSet set = new CustomIdSet();
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String id = "r-ü-" + random.nextInt(1500);
            int known = added.indexOf(id);

            assertThat(set.contains(new CustomId(id))).isEqualTo(known >= 0);
            assertThat(set.add(new CustomId(id))).isEqualTo(known);
            if (known < 0) {
                added.add(id);
            }
        }
        assertThat(set.size()).isEqualTo(added.size());
    }

    @Property(tries = 1)
    void keepsApartAHundredThousandIds() {
        CustomIdSet set = new CustomIdSet();
        for (int i = 0; i < 100_000; i++) {
            assertThat(set.add(new CustomId("id-" + i))).isEqualTo(-1);
        }

        assertThat(set.add(new CustomId("id-99999"))).isEqualTo(99_999);
        assertThat(set.add(new CustomId("id-8192"))).isEqualTo(8192);
        assertThat(set.size()).isEqualTo(100_000);
    }
}
