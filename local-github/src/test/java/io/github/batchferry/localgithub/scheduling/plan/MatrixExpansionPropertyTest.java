package io.github.batchferry.localgithub.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.MatrixExpansion.Combination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MatrixExpansionPropertyTest {
    @Provide
    Arbitrary<Map<String, List<Integer>>> vectors() {
        return Arbitraries.maps(
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.integers()
                                .between(0, 3)
                                .list()
                                .uniqueElements()
                                .ofMinSize(1))
                .ofMinSize(1);
    }

    /** Objects that name some of the keys, and one that no list has. */
    @Provide
    Arbitrary<List<Map<String, Integer>>> entries() {
        return Arbitraries.maps(
                        Arbitraries.of("a", "b", "c", "extra"),
                        Arbitraries.integers().between(0, 4))
                .ofMinSize(1)
                .list()
                .ofMaxSize(4);
    }

    private static boolean agree(Map<String, Integer> entry, ObjectNode values, Set<String> keys) {
        return keys.stream()
                .filter(entry::containsKey)
                .allMatch(key -> values.path(key).asInt(-1) == entry.get(key));
    }

    /** What the documentation says, as plainly as it can be written down. */
    private static List<ObjectNode> expected(
            Map<String, List<Integer>> vectors,
            List<Map<String, Integer>> include,
            List<Map<String, Integer>> exclude) {
        List<ObjectNode> product = new ArrayList<>(List.of(Json.object()));
        vectors.forEach((key, values) -> {
            List<ObjectNode> longer = new ArrayList<>();
            product.forEach(
                    start -> values.forEach(value -> longer.add(start.deepCopy().put(key, value))));
            product.clear();
            product.addAll(longer);
        });
        product.removeIf(values -> exclude.stream().anyMatch(entry -> agree(entry, values, vectors.keySet())));
        List<ObjectNode> originals = List.copyOf(product);
        for (Map<String, Integer> entry : include) {
            List<ObjectNode> fitting = originals.stream()
                    .filter(values -> agree(entry, values, vectors.keySet()))
                    .toList();
            fitting.forEach(values -> entry.forEach(values::put));
            if (fitting.isEmpty()) {
                product.add(Json.MAPPER.valueToTree(entry));
            }
        }
        return product;
    }

    @Property(tries = 500)
    void theCombinationsAreThoseOfTheDocumentation(
            @ForAll("vectors") Map<String, List<Integer>> vectors,
            @ForAll("entries") List<Map<String, Integer>> include,
            @ForAll("entries") List<Map<String, Integer>> anyExclude)
            throws UnstartableJobException {
        List<Map<String, Integer>> exclude = anyExclude.stream()
                .filter(entry -> vectors.keySet().containsAll(entry.keySet()))
                .toList();
        ObjectNode matrix = Json.MAPPER.valueToTree(vectors);
        matrix.set("include", Json.MAPPER.valueToTree(include));
        matrix.set("exclude", Json.MAPPER.valueToTree(exclude));
        List<ObjectNode> expected = expected(vectors, include, exclude);
        if (expected.isEmpty()) {
            return;
        }

        List<Combination> combinations = MatrixExpansion.of("job", matrix);

        assertThat(combinations.stream().map(Combination::values).collect(Collectors.toList()))
                .isEqualTo(expected);
    }
}
