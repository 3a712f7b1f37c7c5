/**
 * What becomes of a dispatch: it is checked, becomes a run, waits for its concurrency group, and its jobs for each other;
 * cancelling, re-running, and ending what a lost server left. The jobs themselves are executed next door.
 */
package io.github.batchferry.localgithub.scheduling;
