package io.github.batchferry.runner.economy;

import io.github.batchferry.runner.transport.ConnectedVendor;
import io.github.batchferry.runner.vendor.Vendor;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.EconomyKinds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A vendor of a batch in economy mode.
 *
 * @param place where it stands in the vendors file
 * @param vendor what reads its answers
 * @param batchApi how batches are sent to it; empty only where nothing is to be sent
 */
record EconomyVendor(int place, Vendor vendor, Optional<BatchApi> batchApi) {
    String name() {
        return vendor.config().name();
    }

    BatchApi api() {
        return batchApi.orElseThrow();
    }

    /**
     * Those a batch uses, by name.
     *
     * @param vendors by their place in the vendors file
     * @param sending whether batches are to be sent to them
     * @throws InvalidInputException if one of them has no batch API that is known here, naming every such one
     */
    static Map<String, EconomyVendor> of(Map<Integer, Vendor> vendors, BatchId batch, boolean sending)
            throws InvalidInputException {
        Problems problems = new Problems();
        Map<String, EconomyVendor> found = new LinkedHashMap<>();
        new TreeMap<>(vendors).forEach((place, vendor) -> {
            EconomyVendor known = new EconomyVendor(place, vendor, api(vendor, batch));
            found.put(known.name(), known);
            if (sending) {
                EconomyKinds.refusal(vendor.config())
                        .ifPresent(reason ->
                                problems.add(BatchFiles.VENDORS, 0, "$.vendors[" + known.name() + "]", reason));
            }
        });
        problems.throwIfAny();
        return found;
    }

    private static Optional<BatchApi> api(Vendor vendor, BatchId batch) {
        String kind = vendor.config().kind();
        if (EconomyKinds.refusal(vendor.config()).isPresent() || !(vendor instanceof ConnectedVendor connected)) {
            return Optional.empty();
        }
        VendorCalls calls = new VendorCalls(connected);
        return Optional.of(
                kind.equals("anthropic") ? new AnthropicBatchApi(batch, calls) : new OpenAiBatchApi(batch, calls));
    }
}
