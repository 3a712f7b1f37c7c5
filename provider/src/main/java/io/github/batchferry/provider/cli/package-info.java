/**
 * The command line {@code ferry}: one class a command, everything outside passed in by
 * {@link io.github.batchferry.provider.cli.CliContext}, errors turned into words and exit codes in one place. Start at
 * {@link io.github.batchferry.provider.cli.Ferry}.
 */
package io.github.batchferry.provider.cli;
