/** What a runner repository holds, as files to install: the workflow and the batch runner it starts. */
package io.github.batchferry.workflow;
