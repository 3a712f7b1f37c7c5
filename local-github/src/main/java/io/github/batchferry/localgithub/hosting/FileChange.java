package io.github.batchferry.localgithub.hosting;

import java.util.Optional;

/**
 * What happened to one file.
 *
 * @param path where it is, or was if it is gone
 * @param before where it was, if elsewhere
 * @param kind added, removed, modified or renamed
 * @param sha name of its content; of the last one if it is gone
 * @param additions lines
 * @param deletions lines
 * @param patch the changed lines in git's unified form, without heading; empty for a file that is no text, and where
 *     nothing but the name changed
 */
public record FileChange(
        String path,
        Optional<String> before,
        String kind,
        String sha,
        int additions,
        int deletions,
        Optional<String> patch) {}
