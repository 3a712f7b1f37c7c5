package io.github.batchferry.runner.cost;

import io.github.batchferry.wire.vendors.ModelGlob;
import io.github.batchferry.wire.vendors.VendorAuth;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Vendors of which only name, kind and address matter. */
final class TestVendors {
    private TestVendors() {}

    /** @param base null for the usual address of the kind */
    static VendorConfig of(String name, String kind, String base) {
        return new VendorConfig(
                name,
                kind,
                Optional.ofNullable(base).map(URI::create),
                new VendorAuth.None(),
                List.of(new ModelGlob("*")),
                VendorLimits.concurrency(4),
                3,
                Duration.ofSeconds(60));
    }
}
