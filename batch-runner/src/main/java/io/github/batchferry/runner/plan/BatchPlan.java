package io.github.batchferry.runner.plan;

import io.github.batchferry.runner.requests.RequestIndex;
import io.github.batchferry.runner.vendor.Vendor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A batch that was checked as a whole.
 *
 * @param index where the requests lie
 * @param vendors those that the batch uses, ready to be asked, by their place in the vendors file
 * @param secrets all keys this job knows, used or not
 */
public record BatchPlan(RequestIndex index, Map<Integer, Vendor> vendors, List<String> secrets) {
    public BatchPlan {
        vendors = Map.copyOf(vendors);
        secrets = List.copyOf(secrets);
    }

    /** Everything but the secrets. */
    @Override
    public String toString() {
        return vendors.values().stream()
                .map(vendor -> vendor.config().name())
                .sorted()
                .collect(Collectors.joining(", ", index.size() + " requests to ", ""));
    }
}
