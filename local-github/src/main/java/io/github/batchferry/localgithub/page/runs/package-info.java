/** Pages about runs, their jobs and what they left. */
package io.github.batchferry.localgithub.page.runs;
