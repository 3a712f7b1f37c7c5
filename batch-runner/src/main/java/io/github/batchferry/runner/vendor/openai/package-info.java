/** The adapter of OpenAI and of every server that speaks its API. */
package io.github.batchferry.runner.vendor.openai;
