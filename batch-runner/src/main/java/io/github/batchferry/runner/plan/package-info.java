/** Checks a whole batch before anyone is called, and says which vendor answers which request. */
package io.github.batchferry.runner.plan;
