package io.github.batchferry.localgithub.hosting;

import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A change of one file on a branch.
 *
 * @param branch full name; created if the repository is empty
 * @param path of the file
 * @param content that it shall have; empty to remove it
 * @param replaces name of the content that it is known to have; empty if it is not to be there yet
 * @param message of the commit
 * @param author whose change it is
 * @param committer who makes the commit
 */
public record FileWrite(
        String branch,
        String path,
        Optional<byte[]> content,
        Optional<String> replaces,
        String message,
        PersonIdent author,
        PersonIdent committer) {
    /** How it ended. */
    public sealed interface Outcome {}

    /** The commit was made. */
    public record Written(String commit, boolean created) implements Outcome {}

    /** The branch is not there. */
    public record NoBranch() implements Outcome {}

    /** There is no such file. */
    public record NoFile() implements Outcome {}

    /** The file is there, and nobody said what it holds. */
    public record Unseen() implements Outcome {}

    /** The file does not hold what it was known to. */
    public record Changed(String known) implements Outcome {}

    /** A folder is there, or a file where a folder would have to be. */
    public record NotAFile() implements Outcome {}
}
