package io.github.batchferry.runner.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RequestPlacesPropertyTest {
    @Property(tries = 20)
    void givesBackWhatWasAdded(@ForAll long seed) {
        Random random = new Random(seed);
        long[] offsets = new long[20_000];
        int[] lengths = new int[offsets.length];
        RequestPlaces places = new RequestPlaces();
        long offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            lengths[i] = random.nextInt(Integer.MAX_VALUE);
            places.add(offsets[i], lengths[i]);
            // up to a terabyte in all
            offset += random.nextInt(50_000_000);
        }
        for (int i = 0; i < offsets.length; i++) {
            assertThat(places.offset(i)).isEqualTo(offsets[i]);
            assertThat(places.length(i)).isEqualTo(lengths[i]);
        }
    }

    @Example
    void placesBeyondATerabyteAreRefused() {
        assertThatThrownBy(() -> new RequestPlaces().add(1L << 40, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
