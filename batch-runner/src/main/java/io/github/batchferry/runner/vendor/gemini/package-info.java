/** The adapter of Google's Gemini API. */
package io.github.batchferry.runner.vendor.gemini;
