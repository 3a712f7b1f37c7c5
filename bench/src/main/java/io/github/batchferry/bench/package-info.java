/**
 * The benchmark: the batch runner as a workflow starts it, against a mock vendor in another process, beside what others use.
 * {@link io.github.batchferry.bench.Bench} is its table of contents; nothing here is shipped.
 */
package io.github.batchferry.bench;
