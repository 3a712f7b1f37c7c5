package io.github.batchferry.localgithub.hosting;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/**
 * A line of a tree.
 *
 * @param path from the tree that was asked for
 * @param mode git's mode, such as {@code 100644}
 * @param sha name of the object
 * @param size in bytes; -1 for what is no blob
 */
public record TreeLine(String path, FileMode mode, String sha, long size) {
    /** Kind of the object: blob, tree or commit. */
    public String kind() {
        return Constants.typeString(mode.getObjectType());
    }

    /** The mode as six digits. */
    public String digits() {
        return String.format("%06o", mode.getBits());
    }
}
