package io.github.batchferry.wire;

import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.util.Optional;

/**
 * Checks a whole batch as it comes: that the runner's vendors answer every request, and that custom ids are unique. Keeps some
 * thirty bytes of each request in memory.
 */
public final class BatchValidator {
    private final Problems problems;
    private final RouteValidator routes;
    private final CustomIdSet ids = new CustomIdSet();
    private final LinePlaces places = new LinePlaces();

    /**
     * @param problems where findings go
     * @param vendors the runner's vendors; empty if they cannot be read, then routes are not checked
     * @param defaultVendor vendor for lines that name none
     */
    public BatchValidator(Problems problems, Optional<VendorsFile> vendors, Optional<String> defaultVendor) {
        this.problems = problems;
        this.routes = new RouteValidator(problems, vendors, defaultVendor);
    }

    /** Takes in the next request, found at a line of a file. */
    public void accept(String file, long line, RequestLine request) {
        int first = ids.add(request.customId());
        if (first < 0) {
            places.add(file, line);
        } else {
            repeated(problems, file, line, request.customId(), places.of(first));
        }
        routes.accept(file, line, request);
    }

    /** Notes that a custom id was used before, at another place. */
    public static void repeated(Problems problems, String file, long line, CustomId id, String before) {
        problems.add(file, line, "$.custom_id", "`" + id + "` was already used at " + before);
    }

    /** Number of different custom ids seen. */
    public int distinctRequests() {
        return ids.size();
    }
}
