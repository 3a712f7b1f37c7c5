/**
 * How fast a vendor is asked: {@link io.github.batchferry.runner.gate.AdaptiveGate} puts the parts together.
 * {@link io.github.batchferry.runner.gate.Window} bounds the calls under way (the ramp at the start, additive increase and
 * multiplicative decrease after a 429), {@link io.github.batchferry.runner.gate.VendorMeters} follows the limits a vendor
 * reports, {@link io.github.batchferry.runner.gate.OwnerLimits} keeps those its owner set,
 * {@link io.github.batchferry.runner.gate.Pace} smooths where nobody says a limit, and
 * {@link io.github.batchferry.runner.gate.Parking} holds everything back while the vendor wants a pause. Times inside are
 * seconds since the gate was made.
 */
package io.github.batchferry.runner.gate;
