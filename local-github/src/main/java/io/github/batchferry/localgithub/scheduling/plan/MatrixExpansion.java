package io.github.batchferry.localgithub.scheduling.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.expression.Values;
import io.github.batchferry.localgithub.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The combinations of a matrix, in GitHub's order: the product of the lists, the first list varying slowest, without what
 * {@code exclude} matches; then the entries of {@code include} that could not be added to any of them.
 */
public final class MatrixExpansion {
    /** More combinations than this are refused. */
    public static final int MOST = 256;

    private final String job;
    private final Map<String, JsonNode> vectors = new LinkedHashMap<>();
    private final List<ObjectNode> exclude;
    private final List<ObjectNode> include;
    private final MatrixFilter filter = new MatrixFilter();

    /**
     * A combination.
     *
     * @param values what the context {@code matrix} holds
     * @param shown the values that stand in the name of its job: those that tell it from its siblings
     */
    public record Combination(ObjectNode values, List<String> shown) {
        public Combination {
            shown = List.copyOf(shown);
        }
    }

    private MatrixExpansion(String job, ObjectNode matrix) throws UnstartableJobException {
        this.job = job;
        for (Map.Entry<String, JsonNode> entry : matrix.properties()) {
            if (!entry.getKey().equals("include") && !entry.getKey().equals("exclude")) {
                vectors.put(entry.getKey(), vector(entry.getKey(), entry.getValue()));
            }
        }
        this.include = objects(matrix, "include");
        this.exclude = objects(matrix, "exclude");
        if (vectors.isEmpty() && include.isEmpty()) {
            throw invalid("Matrix must define at least one vector");
        }
    }

    /**
     * Expands a matrix whose expressions are evaluated.
     *
     * @param job its id, for messages
     * @return at least one combination
     * @throws UnstartableJobException if it is no matrix, is empty or too large
     */
    public static List<Combination> of(String job, JsonNode matrix) throws UnstartableJobException {
        if (matrix instanceof ObjectNode object) {
            return new MatrixExpansion(job, object).combinations();
        }
        throw new UnstartableJobException(prefix(job) + "A mapping was expected for the matrix");
    }

    private static String prefix(String job) {
        return "Error when evaluating 'strategy' for job '" + job + "'. ";
    }

    private UnstartableJobException invalid(String reason) {
        return new UnstartableJobException(prefix(job) + reason);
    }

    private JsonNode vector(String name, JsonNode values) throws UnstartableJobException {
        if (!values.isArray()) {
            throw invalid("A sequence was expected for the matrix vector '" + name + "'");
        }
        if (values.isEmpty()) {
            throw invalid("Matrix vector '" + name + "' does not contain any values");
        }
        return values;
    }

    private List<ObjectNode> objects(ObjectNode matrix, String key) throws UnstartableJobException {
        JsonNode list = matrix.path(key);
        if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
            throw invalid("A sequence was expected for the matrix key '" + key + "'");
        }
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode element : list) {
            if (!(element instanceof ObjectNode object) || object.isEmpty()) {
                throw invalid("A mapping with values was expected for each entry of the matrix key '" + key + "'");
            }
            objects.add(object);
        }
        return objects;
    }

    private List<Combination> combinations() throws UnstartableJobException {
        checkExcludedKeys();
        List<Combination> all = new ArrayList<>();
        boolean[] used = new boolean[include.size()];
        for (ObjectNode base : product()) {
            if (exclude.stream().noneMatch(excluded -> filter.matches(excluded, base))) {
                all.add(new Combination(extended(base, used), shown(base)));
            }
        }
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                ObjectNode alone = vectorsFirst(include.get(i));
                all.add(new Combination(alone, shown(alone)));
            }
        }
        if (all.isEmpty()) {
            throw invalid("Matrix does not contain any combination");
        }
        if (all.size() > MOST) {
            throw tooLarge();
        }
        return all;
    }

    private UnstartableJobException tooLarge() {
        return invalid("Matrix has more than " + MOST + " combinations");
    }

    private void checkExcludedKeys() throws UnstartableJobException {
        for (ObjectNode excluded : exclude) {
            for (Map.Entry<String, JsonNode> entry : excluded.properties()) {
                if (!vectors.containsKey(entry.getKey())) {
                    throw invalid(
                            "Matrix exclude key '" + entry.getKey() + "' does not match any key within the matrix");
                }
            }
        }
    }

    private List<ObjectNode> product() throws UnstartableJobException {
        List<ObjectNode> product = vectors.isEmpty() ? List.of() : List.of(Json.object());
        for (Map.Entry<String, JsonNode> vector : vectors.entrySet()) {
            List<ObjectNode> longer = new ArrayList<>();
            for (ObjectNode start : product) {
                for (JsonNode value : vector.getValue()) {
                    longer.add(start.deepCopy().set(vector.getKey(), value));
                }
            }
            if (longer.size() > MOST * MOST) {
                throw tooLarge(); // exclude could make it small again, but who writes that may write it shorter
            }
            product = longer;
        }
        return product;
    }

    /** The combination with what the matching entries of {@code include} add; a later one overwrites an earlier one. */
    private ObjectNode extended(ObjectNode base, boolean[] used) {
        ObjectNode extended = base.deepCopy();
        for (int i = 0; i < used.length; i++) {
            ObjectNode condition = include.get(i).deepCopy().retain(vectors.keySet());
            if (filter.matches(condition, base)) {
                used[i] = true;
                extended.setAll(include.get(i).deepCopy().<ObjectNode>without(vectors.keySet()));
            }
        }
        return extended;
    }

    private ObjectNode vectorsFirst(ObjectNode included) {
        ObjectNode ordered = included.deepCopy().retain(vectors.keySet());
        ordered.setAll(included);
        return ordered;
    }

    private static List<String> shown(ObjectNode values) {
        List<String> shown = new ArrayList<>();
        leaves(values, shown);
        return shown;
    }

    private static void leaves(JsonNode node, List<String> shown) {
        if (node.isContainerNode()) {
            node.forEach(child -> leaves(child, shown));
        } else if (!Values.text(node).isEmpty()) {
            shown.add(Values.text(node));
        }
    }
}
