/** What steps say: logs without secrets, workflow commands in their output, and the files by which they talk to their job. */
package io.github.batchferry.localgithub.execution.output;
