/** Processes of jobs: started as groups that can be found again, and stopped with all they started. */
package io.github.batchferry.localgithub.execution.process;
