package io.github.batchferry.wire;

import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.Route;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks what can only be seen over a whole batch: that custom ids are unique, and that the runner's vendors answer every
 * request. Used by the client before it dispatches and by the batch runner before it calls anyone. Keeps the custom ids in
 * memory.
 */
public final class BatchValidator {
    private final Problems problems;
    private final Optional<VendorsFile> vendors;
    private final Optional<String> defaultVendor;
    private final Map<CustomId, String> firstPlaces = new HashMap<>();

    /**
     * @param problems where findings go
     * @param vendors the runner's vendors; empty if they cannot be read, then routes are not checked
     * @param defaultVendor vendor for lines that name none
     */
    public BatchValidator(Problems problems, Optional<VendorsFile> vendors, Optional<String> defaultVendor) {
        this.problems = problems;
        this.vendors = vendors;
        this.defaultVendor = defaultVendor;
    }

    /** Takes in the next request, found at a line of a file. */
    public void accept(String file, long line, RequestLine request) {
        String first = firstPlaces.putIfAbsent(request.customId(), file + ":" + line);
        if (first != null) {
            problems.add(file, line, "$.custom_id", "`" + request.customId() + "` was already used at " + first);
        }
        vendors.map(v -> v.route(request.vendor(), defaultVendor, request.model()))
                .filter(Route.Refused.class::isInstance)
                .map(Route.Refused.class::cast)
                .ifPresent(refused -> problems.add(file, line, refused.field().path(), refused.reason()));
    }

    /** Number of different custom ids seen. */
    public int distinctRequests() {
        return firstPlaces.size();
    }
}
