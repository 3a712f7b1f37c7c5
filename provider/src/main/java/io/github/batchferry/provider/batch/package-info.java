/**
 * The life of a batch on the client: load, validate, serialize, dispatch, watch, collect. Start at
 * {@link io.github.batchferry.provider.batch.Batches}.
 */
package io.github.batchferry.provider.batch;
