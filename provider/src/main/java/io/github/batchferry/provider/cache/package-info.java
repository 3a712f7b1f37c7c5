/** Answers of earlier batches by what was asked, so that the same is not asked, and paid for, twice. */
package io.github.batchferry.provider.cache;
