package io.github.batchferry.runner.plan;

import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vendors' keys in the environment of this process. */
final class VendorKeys {
    private final Map<String, String> environment;

    VendorKeys(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The key of a vendor, without the line break that secrets are often pasted with. */
    Optional<String> of(VendorConfig vendor) {
        return vendor.keyEnv()
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(key -> !key.isEmpty());
    }

    /** What is wrong with the key of a vendor that is to be asked. */
    Optional<String> problem(VendorConfig vendor) {
        if (vendor.keyEnv().isEmpty()) {
            return Optional.empty();
        }
        String name = vendor.keyEnv().get();
        Optional<String> key = of(vendor);
        if (key.isEmpty()) {
            return Optional.of("vendor `" + vendor.name() + "` takes its key from " + name
                    + ", which is empty in this job: set the repository secret and list it under env: of the"
                    + " workflow's step");
        }
        boolean sendable = key.get().chars().allMatch(c -> c > ' ' && c < 127);
        return sendable
                ? Optional.empty()
                : Optional.of("vendor `" + vendor.name() + "` takes its key from " + name
                        + ", which holds a space, a line break or another character that no HTTP header can carry:"
                        + " set the repository secret again");
    }

    /** All keys there are. */
    List<String> all(VendorsFile vendors) {
        return vendors.vendors().stream().flatMap(v -> of(v).stream()).toList();
    }
}
