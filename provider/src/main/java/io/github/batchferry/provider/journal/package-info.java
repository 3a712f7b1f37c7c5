/**
 * The client's memory: one folder per batch in {@code .ferry/batches}, with the requests, an append-only file of what
 * happened, and the collected responses. Start at {@link io.github.batchferry.provider.journal.Journal}.
 */
package io.github.batchferry.provider.journal;
