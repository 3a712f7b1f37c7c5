/** Counts what was answered, for progress lines, the summary page and {@code summary.json}. */
package io.github.batchferry.runner.tally;
