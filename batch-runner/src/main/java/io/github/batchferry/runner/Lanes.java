package io.github.batchferry.runner;

import io.github.batchferry.runner.engine.LaneSetup;
import io.github.batchferry.runner.engine.VendorSetup;
import io.github.batchferry.runner.gate.AdaptiveGate;
import io.github.batchferry.runner.gate.GateHistory;
import io.github.batchferry.runner.gate.GateSettings;
import io.github.batchferry.runner.gate.OwnerLimits;
import io.github.batchferry.runner.plan.BatchPlan;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.requests.RequestRoute;
import io.github.batchferry.runner.requests.RouteQueue;
import io.github.batchferry.runner.vendor.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Lays one lane with one gate for each vendor and model of a batch. A vendor entry has one credential. */
final class Lanes {
    private final BatchPlan plan;
    private final Duration patience;
    private final int shares;
    private final GateHistory history;

    /**
     * @param patience how long a vendor may reject everything
     * @param shares jobs that answer this batch at the same time, at least 1
     * @param history hears what gates change
     */
    Lanes(BatchPlan plan, Duration patience, int shares, GateHistory history) {
        this.plan = plan;
        this.patience = patience;
        this.shares = shares;
        this.history = history;
    }

    /**
     * The lanes of the requests that are to be answered.
     *
     * @param unanswered their numbers
     */
    List<VendorSetup> of(RequestFile requests, BitSet unanswered, Instant now) {
        long[] counts = new long[plan.index().routes().size()];
        unanswered.stream().forEach(number -> counts[requests.route(number)]++);
        return plan.vendors().entrySet().stream()
                .map(vendor -> setup(vendor, requests, unanswered, counts, now))
                .toList();
    }

    private VendorSetup setup(
            Map.Entry<Integer, Vendor> vendor, RequestFile requests, BitSet unanswered, long[] counts, Instant now) {
        List<RequestRoute> routes = plan.index().routes();
        OwnerLimits owner = new OwnerLimits(vendor.getValue().config().limits(), shares);
        List<LaneSetup> lanes = new ArrayList<>();
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] > 0 && routes.get(place).vendor() == vendor.getKey()) {
                GateSettings settings = settings(vendor.getValue(), routes.get(place), counts[place]);
                lanes.add(new LaneSetup(
                        new RouteQueue(requests, unanswered, place), new AdaptiveGate(settings, owner, now, history)));
            }
        }
        int maxConcurrency = settings(vendor.getValue(), new RequestRoute(vendor.getKey(), ""), 0)
                .maxConcurrency();
        return new VendorSetup(vendor.getValue(), maxConcurrency, lanes);
    }

    private GateSettings settings(Vendor vendor, RequestRoute route, long count) {
        String name = vendor.config().name() + "/" + route.model();
        return new GateSettings(name, vendor.config().limits(), shares, count, patience);
    }
}
