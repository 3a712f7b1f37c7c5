package io.github.batchferry.runner.engine;

import io.github.batchferry.runner.vendor.Vendor;

/**
 * A vendor, what it is to be asked, and its limits.
 *
 * @param queue its requests
 * @param gate its rate gate, used by nobody else
 */
public record LaneSetup(Vendor vendor, RequestQueue queue, RateGate gate) {}
