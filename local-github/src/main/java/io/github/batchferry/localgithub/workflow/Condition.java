package io.github.batchferry.localgithub.workflow;

/**
 * The value of an {@code if}, which needs no <code>${{ }}</code>. Without one of the functions that ask for the status so
 * far, {@code success()} must hold too, as on GitHub.
 *
 * @param test the expression
 * @param asksForStatus whether it calls {@code success()}, {@code failure()}, {@code cancelled()} or {@code always()}
 */
public record Condition(Template test, boolean asksForStatus) {}
