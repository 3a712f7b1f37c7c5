package io.github.batchferry.wire.vendors;

import io.github.batchferry.wire.config.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The vendors of a runner repository and the rule by which a request finds its one.
 *
 * @param vendors in the order of the file, names unique
 */
public record VendorsFile(List<VendorConfig> vendors) {
    public VendorsFile {
        vendors = List.copyOf(vendors);
    }

    /**
     * Finds the vendor of a request: the one its line names, else the batch's, else the only one that allows the model.
     *
     * @param named vendor named by the request line
     * @param batchDefault vendor of the batch's target
     * @param model model the request asks for
     */
    public Route route(Optional<String> named, Optional<String> batchDefault, String model) {
        return named.or(() -> batchDefault).map(name -> byName(name, model)).orElseGet(() -> byModel(model));
    }

    private Route byName(String name, String model) {
        Optional<VendorConfig> vendor =
                vendors.stream().filter(v -> v.name().equals(name)).findFirst();
        if (vendor.isEmpty()) {
            return new Route.Refused(
                    Route.Field.VENDOR,
                    "unknown vendor `" + name + "`" + NearestName.suggestion(name, names()) + "; the runner has: "
                            + String.join(", ", names()));
        }
        if (!vendor.get().allows(model)) {
            return new Route.Refused(Route.Field.MODEL, refusal(vendor.get(), model));
        }
        return new Route.To(vendor.get());
    }

    /** Why a vendor does not answer for a model, and for which it does. */
    public static String refusal(VendorConfig vendor, String model) {
        return "vendor `" + vendor.name() + "` does not allow model `" + model + "`; it allows: " + globs(vendor);
    }

    private Route byModel(String model) {
        List<VendorConfig> allowing =
                vendors.stream().filter(v -> v.allows(model)).toList();
        if (allowing.size() == 1) {
            return new Route.To(allowing.get(0));
        }
        if (allowing.isEmpty()) {
            String all =
                    vendors.stream().map(v -> v.name() + " (" + globs(v) + ")").collect(Collectors.joining(", "));
            return new Route.Refused(
                    Route.Field.MODEL, "no vendor of the runner allows model `" + model + "`; it has: " + all);
        }
        String several = allowing.stream().map(VendorConfig::name).collect(Collectors.joining(", "));
        return new Route.Refused(
                Route.Field.MODEL,
                "several vendors allow model `" + model + "`: " + several + "; name one with the key `vendor`");
    }

    private List<String> names() {
        return vendors.stream().map(VendorConfig::name).toList();
    }

    private static String globs(VendorConfig vendor) {
        return vendor.models().stream().map(ModelGlob::pattern).collect(Collectors.joining(", "));
    }
}
