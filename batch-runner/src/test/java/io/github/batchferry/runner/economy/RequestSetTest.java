package io.github.batchferry.runner.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RequestSetTest {
    @Property
    void itsTextSaysWhatIsInIt(@ForAll @NotEmpty Set<@IntRange(max = 300) Integer> numbers) {
        RequestSet set = of(numbers);

        assertThat(RequestSet.parse(set.toString())).isEqualTo(set);
        assertThat(set.stream().boxed()).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Property
    void halvesAreEquallyLargeAndTogetherTheWhole(@ForAll @NotEmpty Set<@IntRange(max = 300) Integer> numbers) {
        RequestSet set = of(numbers);
        BitSet both = new BitSet();
        set.firstHalf().stream().forEach(both::set);
        set.secondHalf().stream().forEach(both::set);

        assertThat(RequestSet.of(both)).isEqualTo(set);
        assertThat(set.secondHalf().size() - set.firstHalf().size()).isBetween(0, 1);
    }

    @Test
    void rangesAreShort() {
        assertThat(RequestSet.parse("0-49999,50001")).hasToString("0-49999,50001");
        assertThat(RequestSet.parse("0-49999,50001").size()).isEqualTo(50_001);
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> RequestSet.parse("0-"))
                .hasMessage("expected numbers of requests such as 0-99,103, found `0-`");
    }

    private static RequestSet of(Set<Integer> numbers) {
        BitSet bits = new BitSet();
        numbers.forEach(bits::set);
        return RequestSet.of(bits);
    }
}
