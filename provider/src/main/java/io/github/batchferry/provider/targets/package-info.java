/** Targets: where batches are sent, as {@code targets.yaml} or the command line names them. */
package io.github.batchferry.provider.targets;
