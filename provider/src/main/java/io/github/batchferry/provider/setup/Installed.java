package io.github.batchferry.provider.setup;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link RunnerInstallation} did, and what is left to the user.
 *
 * @param branch the default branch
 * @param change what became of the files
 * @param warnings what could not be done, and why it matters
 * @param missingKeys secrets that vendors need and that are not in the environment yet; all keys where the token may not see
 *     which there are
 * @param secretsSeen whether the token may see the secrets' names
 */
public record Installed(
        String branch, Change change, List<String> warnings, Set<String> missingKeys, boolean secretsSeen) {
    /** What became of the files. */
    public sealed interface Change {
        /** All were there as they should be. */
        record None() implements Change {}

        /**
         * They are on the default branch.
         *
         * @param commit its new commit
         */
        record Pushed(String commit) implements Change {}

        /**
         * They wait for approval.
         *
         * @param url of the pull request
         */
        record Proposed(String url) implements Change {}
    }

    /** The environment for whose secrets the keys are meant. */
    public static String environment() {
        return RunnerEnvironment.NAME;
    }

    /** The pull request to merge, if there is one. */
    public Optional<String> pullRequest() {
        return change instanceof Change.Proposed proposed ? Optional.of(proposed.url()) : Optional.empty();
    }
}
