/**
 * What a vendor's adapter is: {@link io.github.batchferry.runner.vendor.VendorAdapter}, found by
 * {@link java.util.ServiceLoader}. An adapter never waits, retries or counts; that is the engine's.
 */
package io.github.batchferry.runner.vendor;
