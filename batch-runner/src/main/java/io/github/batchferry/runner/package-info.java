/**
 * The batch runner: answers a batch of requests inside a GitHub Actions job. {@link io.github.batchferry.runner.BatchRun}
 * reads as its table of contents.
 */
package io.github.batchferry.runner;
