package io.github.batchferry.runner.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a price file: {@code {"date":"2026-07-01","vendors":{"openai":{"hosts":["api.openai.com"],"models":{"gpt-5":
 * {"input":1.25,"output":10,"cache_read":0.125,"tiers":[{"above":200000,"input":…}]}}}}}}, prices in US dollars per million
 * tokens. Unknown keys are mistakes: a misspelt {@code cache_read} would be a wrong price.
 */
final class PriceFile {
    private static final Set<String> TOP = Set.of("date", "source", "license", "vendors");
    private static final Set<String> VENDOR = Set.of("hosts", "models");
    private static final Set<String> RATES = Set.of("input", "output", "cache_read", "cache_write");
    private static final Set<String> MODEL = Set.of("input", "output", "cache_read", "cache_write", "tiers");
    private static final Set<String> TIER = Set.of("input", "output", "cache_read", "cache_write", "above");

    private final String file;
    private final Problems problems = new Problems();

    private PriceFile(String file) {
        this.file = file;
    }

    /**
     * What a price file says.
     *
     * @param date day on which the prices held
     */
    record Content(Optional<LocalDate> date, List<PriceSection> sections) {}

    /**
     * Reads the bytes of a price file.
     *
     * @param file name for messages
     * @throws InvalidInputException with every mistake of the file
     */
    static Content parse(String file, byte[] json) throws InvalidInputException {
        PriceFile reader = new PriceFile(file);
        Content content = reader.content(reader.tree(json));
        reader.problems.throwIfAny();
        return content;
    }

    private JsonNode tree(byte[] json) throws InvalidInputException {
        try {
            return JsonSupport.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw InvalidInputException.of(file, JsonSupport.explain(e));
        } catch (IOException e) {
            throw new AssertionError("no input or output is involved in reading an array", e);
        }
    }

    private Content content(JsonNode root) {
        allowOnly("$", root, TOP);
        List<PriceSection> sections = new ArrayList<>();
        fields("$.vendors", root.path("vendors")).forEach((name, node) -> sections.add(section(name, node)));
        return new Content(date(root.path("date")), sections);
    }

    private Optional<LocalDate> date(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(node.asText()));
        } catch (DateTimeParseException e) {
            problem("$.date", "expected a day such as 2026-07-01, found `" + node.asText() + "`");
            return Optional.empty();
        }
    }

    private PriceSection section(String name, JsonNode node) {
        String path = "$.vendors." + name;
        allowOnly(path, node, VENDOR);
        List<String> hosts = new ArrayList<>();
        node.path("hosts").forEach(host -> hosts.add(host.asText()));
        if (node.has("hosts") && hosts.isEmpty()) {
            problem(
                    path + ".hosts",
                    "expected a list of host names; without it the prices are those of vendor `" + name
                            + "` of vendors.yaml");
        }
        Map<String, ModelPrice> models = new HashMap<>();
        fields(path + ".models", node.path("models"))
                .forEach((model, price) -> models.put(model, price(path + ".models." + model, price)));
        return new PriceSection(name, hosts, models);
    }

    private ModelPrice price(String path, JsonNode node) {
        allowOnly(path, node, MODEL);
        List<ModelPrice.Tier> tiers = new ArrayList<>();
        for (JsonNode tier : node.path("tiers")) {
            String place = path + ".tiers[" + tiers.size() + "]";
            allowOnly(place, tier, TIER);
            tiers.add(new ModelPrice.Tier(above(place, tier), rates(place, tier)));
        }
        tiers.sort(Comparator.comparingLong(ModelPrice.Tier::above));
        return new ModelPrice(rates(path, node), tiers);
    }

    private long above(String path, JsonNode tier) {
        if (!tier.path("above").isIntegralNumber()) {
            problem(path + ".above", "expected the number of tokens beyond which the tier holds");
        }
        return tier.path("above").asLong();
    }

    private Rates rates(String path, JsonNode node) {
        for (String key : RATES) {
            boolean required = key.equals("input") || key.equals("output");
            if (node.has(key) ? isNoPrice(node.get(key)) : required) {
                problem(path + "." + key, "expected a price in US dollars per million tokens, such as 1.25");
            }
        }
        return new Rates(
                rate(node, "input").orElse(BigDecimal.ZERO),
                rate(node, "output").orElse(BigDecimal.ZERO),
                rate(node, "cache_read"),
                rate(node, "cache_write"));
    }

    private static boolean isNoPrice(JsonNode node) {
        return !node.isNumber()
                || !Double.isFinite(node.doubleValue())
                || node.decimalValue().signum() < 0;
    }

    private static Optional<BigDecimal> rate(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key))
                .filter(price -> !isNoPrice(price))
                .map(JsonNode::decimalValue);
    }

    private Map<String, JsonNode> fields(String path, JsonNode node) {
        Map<String, JsonNode> fields = new HashMap<>();
        if (!node.isObject()) {
            problem(path, "expected an object");
        }
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private void allowOnly(String path, JsonNode node, Set<String> known) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                problem(
                        path + "." + name,
                        "unknown key, expected one of "
                                + known.stream().sorted().toList());
            }
        }
    }

    private void problem(String path, String message) {
        problems.add(file, 0, path, message);
    }
}
