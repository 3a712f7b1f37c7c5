package io.github.batchferry.wire;

import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.Route;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.util.List;
import java.util.Optional;

/** Checks that the runner's vendors answer requests, each by itself. */
public final class RouteValidator {
    private final Problems problems;
    private final Optional<VendorsFile> vendors;
    private final Optional<String> defaultVendor;

    /**
     * @param problems where findings go
     * @param vendors the runner's vendors; empty if they cannot be read, then nothing is checked
     * @param defaultVendor vendor for lines that name none
     */
    public RouteValidator(Problems problems, Optional<VendorsFile> vendors, Optional<String> defaultVendor) {
        this.problems = problems;
        this.vendors = vendors;
        this.defaultVendor = defaultVendor;
    }

    /** Checks a request, found at a line of a file. */
    public void accept(String file, long line, RequestLine request) {
        vendors.map(v -> v.route(request.vendor(), defaultVendor, request.model()))
                .ifPresent(route -> check(file, line, request, route));
    }

    private void check(String file, long line, RequestLine request, Route route) {
        if (route instanceof Route.Refused refused) {
            problems.add(file, line, refused.field().path(), refused.reason());
        } else if (route instanceof Route.To to) {
            checkFallbacks(file, line, request, to.vendor());
        }
    }

    private void checkFallbacks(String file, long line, RequestLine request, VendorConfig vendor) {
        List<Optional<String>> models = FallbackModels.of(request.body());
        for (int i = 0; i < models.size(); i++) {
            Optional<String> model = models.get(i);
            if (model.isPresent() && !vendor.allows(model.get())) {
                problems.add(file, line, "$.body.models[" + i + "]", VendorsFile.refusal(vendor, model.get()));
            }
        }
    }
}
