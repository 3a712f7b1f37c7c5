package io.github.batchferry.localgithub.hosting;

import java.util.List;

/**
 * What is in a tree.
 *
 * @param sha name of the tree
 * @param lines sorted as git does
 * @param truncated whether there is more than is listed
 */
public record TreeListing(String sha, List<TreeLine> lines, boolean truncated) {
    public TreeListing {
        lines = List.copyOf(lines);
    }
}
