/**
 * Everything inside one job: its steps one after the other, scripts and actions, what they see and what they leave. Start
 * at {@link io.github.batchferry.localgithub.execution.JobRunner}.
 */
package io.github.batchferry.localgithub.execution;
