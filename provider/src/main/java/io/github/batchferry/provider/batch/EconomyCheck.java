package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.input.RequestSink;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.EconomyKinds;
import io.github.batchferry.wire.vendors.Route;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds requests whose vendor has no batch API, where the runner's vendors are known; else the runner finds them. */
final class EconomyCheck {
    private final Target target;
    private final Problems problems = new Problems();
    private final Set<String> seen = new HashSet<>();

    EconomyCheck(Target target) {
        this.target = target;
    }

    /** Looks at every request before it goes on. */
    RequestSink of(Optional<VendorsFile> vendors, RequestSink next) {
        return request -> {
            vendors.ifPresent(file -> look(file, request));
            next.accept(request);
        };
    }

    private void look(VendorsFile vendors, RequestLine request) {
        Route route = vendors.route(request.vendor(), target.vendor(), request.model());
        if (route instanceof Route.To to && seen.add(to.vendor().name())) {
            EconomyKinds.refusal(to.vendor()).ifPresent(reason -> add(to.vendor(), reason));
        }
    }

    private void add(VendorConfig vendor, String reason) {
        problems.add(BatchFiles.VENDORS + " of target " + target.name(), 0, "$.vendors[" + vendor.name() + "]", reason);
    }

    /** @throws InvalidInputException naming every vendor without batch API, once */
    void throwIfAny() throws InvalidInputException {
        problems.throwIfAny();
    }
}
