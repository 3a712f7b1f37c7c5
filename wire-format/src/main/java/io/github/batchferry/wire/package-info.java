/**
 * The contract between the client and the batch runner: ids, lines, files, branches and workflow inputs. Start at
 * {@link io.github.batchferry.wire.BatchFiles} for the names and at {@link io.github.batchferry.wire.RequestLine} and
 * {@link io.github.batchferry.wire.ResponseLine} for the lines.
 */
package io.github.batchferry.wire;
