/** Finding files by patterns, as GitHub's actions and {@code hashFiles} do it. */
package io.github.batchferry.localgithub.execution.glob;
