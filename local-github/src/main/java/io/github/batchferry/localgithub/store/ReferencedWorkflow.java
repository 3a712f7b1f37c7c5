package io.github.batchferry.localgithub.store;

/**
 * A workflow file that a run calls.
 *
 * @param path in the form {@code owner/name/.github/workflows/file.yml@ref}
 * @param sha the commit it was read from
 * @param ref as it was named
 */
public record ReferencedWorkflow(String path, String sha, String ref) {}
