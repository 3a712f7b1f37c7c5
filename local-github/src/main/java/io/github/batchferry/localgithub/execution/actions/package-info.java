/** The published actions that are part of the embedded GitHub. */
package io.github.batchferry.localgithub.execution.actions;
