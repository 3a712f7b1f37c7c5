/**
 * A vendor's server for tests and benchmarks: one thread on raw sockets, so that it costs far less than whoever asks it. Speaks
 * OpenAI's chat completions over HTTP/1.1; {@link io.github.batchferry.mockvendor.MockVendor} starts it.
 */
package io.github.batchferry.mockvendor;
