package io.github.batchferry.provider.setup;

import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The secrets that a vendors file asks for. */
final class VendorKeys {
    private VendorKeys() {}

    /** Their names, sorted. */
    static Set<String> of(String file, byte[] vendors) throws InvalidInputException {
        Set<String> keys = new TreeSet<>();
        VendorsParser.parse(file, new String(vendors, StandardCharsets.UTF_8)).vendors().stream()
                .map(VendorConfig::keyEnv)
                .flatMap(Optional::stream)
                .forEach(keys::add);
        return keys;
    }
}
