/**
 * Runs: dispatched, queued, executed as bash processes, stopped, and found again after a crash. Start at
 * {@link io.github.batchferry.localgithub.execution.RunQueue}.
 */
package io.github.batchferry.localgithub.execution;
