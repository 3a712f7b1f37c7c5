/** {@code .ferry/vendors.yaml} of the runner repository: which vendors there are, and which of them answers a request. */
package io.github.batchferry.wire.vendors;
