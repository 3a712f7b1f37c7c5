/** From {@code vendors.yaml} to vendors that can be asked: adapters, keys and the HTTP client. */
package io.github.batchferry.runner.transport;
