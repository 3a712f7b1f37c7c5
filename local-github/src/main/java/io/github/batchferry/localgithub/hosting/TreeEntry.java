package io.github.batchferry.localgithub.hosting;

import java.util.List;

/** Something at a path of a commit. */
public sealed interface TreeEntry {
    /** Path in the repository; empty for the root. */
    String path();

    /** Git's name of the object, 40 hex digits. */
    String sha();

    /** The last segment of the path. */
    default String name() {
        return path().substring(path().lastIndexOf('/') + 1);
    }

    /**
     * A file.
     *
     * @param size in bytes
     */
    record File(String path, String sha, long size) implements TreeEntry {}

    /**
     * A directory.
     *
     * @param children sorted as git does; those of directories among them are not filled in
     */
    record Directory(String path, String sha, List<TreeEntry> children) implements TreeEntry {
        public Directory {
            children = List.copyOf(children);
        }
    }

    /** A symbolic link or a submodule. */
    record Other(String path, String sha, String type) implements TreeEntry {}
}
