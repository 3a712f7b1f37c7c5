/**
 * Keeps responses: first on this machine's disk, as they come, then on the results branch. Start at
 * {@link io.github.batchferry.runner.publish.ResponseParts} and {@link io.github.batchferry.runner.publish.Publisher}.
 */
package io.github.batchferry.runner.publish;
