/** Keeps the job's secrets out of everything that leaves the process. */
package io.github.batchferry.runner.redaction;
