package io.github.batchferry.runner.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.json.JsonlReader;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RequestPlacesPropertyTest {
    @Property(tries = 20)
    void givesBackWhatWasAdded(@ForAll long seed) {
        Random random = new Random(seed);
        long[] offsets = new long[20_000];
        int last = 0;
        RequestPlaces places = new RequestPlaces();
        long offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            last = random.nextInt(JsonlReader.MAX_LINE_BYTES);
            places.add(offset, last);
            // half a terabyte in all
            offset += last + 1 + random.nextInt(2);
        }
        for (int i = 0; i < offsets.length; i++) {
            assertThat(places.offset(i)).isEqualTo(offsets[i]);
            assertThat(places.length(i))
                    .isEqualTo(i + 1 < offsets.length ? (int) (offsets[i + 1] - offsets[i]) - 1 : last);
        }
    }

    @Example
    void placesBeyondATerabyteAreRefused() {
        assertThatThrownBy(() -> new RequestPlaces().add(1L << 40, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
