package io.github.batchferry.runner.cost;

import io.github.batchferry.wire.vendors.VendorConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The models of one vendor with their prices.
 *
 * @param name who it is; where no hosts are given, the name of a vendor of the runner's {@code vendors.yaml}
 * @param hosts hosts of the vendor's API; {@code *.} at the beginning stands for any subdomain
 * @param models prices by the vendor's own names of its models
 */
record PriceSection(String name, List<String> hosts, Map<String, ModelPrice> models) {
    private static final String ANY_SUBDOMAIN = "*";

    /** {@code -2025-08-07}, {@code -20250807} and {@code @20250807}: the day a version of a model came out. */
    private static final Pattern DAY = Pattern.compile("[-@]20\\d\\d(-?)(0[1-9]|1[0-2])\\1(0[1-9]|[12]\\d|3[01])$");

    PriceSection {
        hosts = List.copyOf(hosts);
        models = Map.copyOf(models);
    }

    /**
     * Whether it speaks of a vendor.
     *
     * @param host the host that is asked
     */
    boolean concerns(VendorConfig vendor, Optional<String> host) {
        return hosts.isEmpty()
                ? name.equals(vendor.name())
                : host.filter(this::has).isPresent();
    }

    /** The price of a model by its exact name, else without the vendor before it, else without the day after it. */
    Optional<ModelPrice> price(String model) {
        String bare = withoutOwner(model);
        return exact(model)
                .or(() -> exact(bare))
                .or(() -> exact(DAY.matcher(bare).replaceFirst("")));
    }

    private Optional<ModelPrice> exact(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /** {@code openai/gpt-5} of OpenAI is gpt-5, and so is {@code models/…}, which Gemini writes. */
    private String withoutOwner(String model) {
        int slash = model.indexOf('/');
        boolean owned = slash > 0 && List.of(name, "models").contains(model.substring(0, slash));
        return owned ? model.substring(slash + 1) : model;
    }

    private boolean has(String host) {
        return hosts.stream()
                .anyMatch(pattern -> pattern.startsWith(ANY_SUBDOMAIN)
                        ? host.endsWith(pattern.substring(ANY_SUBDOMAIN.length()))
                        : host.equals(pattern));
    }
}
