/** The adapter of Anthropic's Messages API. */
package io.github.batchferry.runner.vendor.anthropic;
