/** GitHub Actions: workflows, dispatch, runs, jobs, logs. */
package io.github.batchferry.localgithub.rest.actions;
