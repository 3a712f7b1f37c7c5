package io.github.batchferry.localgithub.hosting;

/**
 * A branch or tag and what it points at.
 *
 * @param fullName such as {@code refs/heads/main}
 * @param commit 40 hex digits; a tag's own object is followed to its commit
 */
public record ResolvedRef(String fullName, String commit) {}
