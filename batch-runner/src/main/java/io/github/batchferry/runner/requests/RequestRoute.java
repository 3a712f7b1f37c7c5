package io.github.batchferry.runner.requests;

/**
 * Where requests go together.
 *
 * @param vendor place of the vendor in the vendors file; -1 if none was found
 * @param model the model; of those that share the last route of a vendor, the first
 */
public record RequestRoute(int vendor, String model) {}
