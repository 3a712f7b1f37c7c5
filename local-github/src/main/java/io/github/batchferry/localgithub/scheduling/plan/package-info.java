/**
 * What can be said of a run before and beside its running: its job graph, the legs of its matrices, conditions, names,
 * the values of inputs, deployment rules, concurrency groups, what a re-run repeats. Pure: no files, no clock, no threads.
 */
package io.github.batchferry.localgithub.scheduling.plan;
