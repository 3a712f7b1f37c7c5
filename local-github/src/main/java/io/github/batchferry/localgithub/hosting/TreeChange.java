package io.github.batchferry.localgithub.hosting;

import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;

/**
 * One change of a tree.
 *
 * @param path from its root
 * @param mode of what will be there; empty for that of what is there, or of a usual file if nothing is
 * @param sha object that will be there; empty to remove what is
 */
public record TreeChange(String path, Optional<FileMode> mode, Optional<String> sha) {
    /** New content for a file, or a new file. */
    public static TreeChange content(String path, String blob) {
        return new TreeChange(path, Optional.empty(), Optional.of(blob));
    }

    /** Takes a file or a folder away. */
    public static TreeChange removal(String path) {
        return new TreeChange(path, Optional.empty(), Optional.empty());
    }

    boolean isFolder() {
        return sha.isPresent() && mode.filter(FileMode.TREE::equals).isPresent();
    }
}
