package io.github.batchferry.runner.engine;

/**
 * Requests that share limits: those of one model of a vendor.
 *
 * @param queue the requests
 * @param gate its rate gate, used by nobody else
 */
public record LaneSetup(RequestQueue queue, RateGate gate) {}
