package io.github.batchferry.provider.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.CustomId;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReconciliationPropertyTest {
    @Property(tries = 300)
    void everyResponseIsJoinedOrNamed(
            @ForAll @IntRange(min = 1, max = 30) int requests,
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 40) Integer> answers) {
        Reconciliation reconciliation = new Reconciliation(ids(requests));
        Set<Integer> seen = new LinkedHashSet<>();
        for (int answer : answers) {
            boolean first = seen.add(answer);
            assertThat(reconciliation.accept(new CustomId("r" + answer)).isPresent())
                    .isEqualTo(first && answer < requests);
        }

        List<Integer> joined = reconciliation.answered().boxed().toList();
        assertThat(joined)
                .isSorted()
                .isEqualTo(seen.stream().filter(a -> a < requests).sorted().toList());
        assertThat(reconciliation.missingCount()).isEqualTo(requests - joined.size());
        Set<CustomId> all = new HashSet<>(reconciliation.missing());
        joined.forEach(position -> all.add(new CustomId("r" + position)));
        assertThat(all).isEqualTo(new HashSet<>(ids(requests)));
        assertThat(Set.copyOf(reconciliation.unknown()))
                .isEqualTo(seen.stream()
                        .filter(a -> a >= requests)
                        .map(a -> new CustomId("r" + a))
                        .collect(Collectors.toSet()));
        assertThat(Set.copyOf(reconciliation.duplicates()))
                .isEqualTo(seen.stream()
                        .filter(a -> a < requests && Collections.frequency(answers, a) > 1)
                        .map(a -> new CustomId("r" + a))
                        .collect(Collectors.toSet()));
    }

    private static List<CustomId> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> new CustomId("r" + i)).toList();
    }
}
