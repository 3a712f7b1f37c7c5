/**
 * What vendors are asked with: stored keys, and short-lived tokens for which the job's own identity is exchanged. Start at
 * {@link io.github.batchferry.runner.credentials.JobCredentials}.
 */
package io.github.batchferry.runner.credentials;
