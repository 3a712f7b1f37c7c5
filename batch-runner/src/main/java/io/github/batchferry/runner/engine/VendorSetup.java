package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.vendor.Vendor;
import java.util.List;

/**
 * A vendor, what it is to be asked, and the bound that all its lanes share.
 *
 * @param vendor has one credential, hence one quota
 * @param maxConcurrency calls under way at once over all lanes, at least 1
 * @param lanes one for each of its models
 */
public record VendorSetup(Vendor vendor, int maxConcurrency, List<LaneSetup> lanes) {
    public VendorSetup {
        lanes = List.copyOf(lanes);
    }
}
