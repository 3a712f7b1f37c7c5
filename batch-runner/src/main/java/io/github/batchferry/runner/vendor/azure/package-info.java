/** The adapter of Azure OpenAI: OpenAI's API at other addresses and with another header. */
package io.github.batchferry.runner.vendor.azure;
