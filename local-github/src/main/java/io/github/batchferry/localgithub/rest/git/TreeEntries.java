package io.github.batchferry.localgithub.rest.git;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeChange;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;

/** Reads the entries of a tree that is to be created. */
final class TreeEntries {
    private static final Map<String, FileMode> MODES = Map.of(
            "100644", FileMode.REGULAR_FILE,
            "100755", FileMode.EXECUTABLE_FILE,
            "040000", FileMode.TREE,
            "160000", FileMode.GITLINK,
            "120000", FileMode.SYMLINK);
    private static final Map<FileMode, String> KINDS = Map.of(
            FileMode.REGULAR_FILE, "blob",
            FileMode.EXECUTABLE_FILE, "blob",
            FileMode.TREE, "tree",
            FileMode.GITLINK, "commit",
            FileMode.SYMLINK, "blob");

    private TreeEntries() {}

    /** One entry; content that it brings is stored. */
    static TreeChange change(HostedRepository repository, Fields entry) throws IOException, ApiException {
        String path = entry.text("path").filter(text -> !text.isEmpty()).orElseThrow(() -> entry.missing("path"));
        FileMode mode = mode(entry);
        Optional<String> content = entry.text("content");
        Optional<String> sha = entry.text("sha");
        if (content.isPresent() && sha.isPresent()) {
            throw ApiException.unprocessable("Must supply either tree.sha or tree.content.");
        }
        if (content.isPresent()) {
            byte[] bytes = content.get().getBytes(StandardCharsets.UTF_8);
            return new TreeChange(
                    path, Optional.of(mode), Optional.of(repository.objects().insertBlob(bytes)));
        }
        if (sha.isEmpty() && !entry.names("sha")) {
            throw ApiException.unprocessable("Must supply either tree.sha or tree.content.");
        }
        return existing(repository, path, mode, sha);
    }

    private static TreeChange existing(HostedRepository repository, String path, FileMode mode, Optional<String> sha)
            throws IOException, ApiException {
        if (sha.isEmpty()) {
            return TreeChange.removal(path);
        }
        boolean fits = mode == FileMode.GITLINK
                ? sha.get().matches("[0-9a-f]{40}")
                : repository.objects().has(sha.get(), KINDS.get(mode));
        if (!fits) {
            throw ApiException.unprocessable("tree.sha " + sha.get() + " is not a valid " + KINDS.get(mode));
        }
        return new TreeChange(path, Optional.of(mode), sha);
    }

    private static FileMode mode(Fields entry) throws ApiException {
        FileMode mode = MODES.get(entry.text("mode").orElse("100644"));
        if (mode == null) {
            throw ApiException.unprocessable("Must supply a valid tree.mode: 100644, 100755, 040000, 160000 or 120000");
        }
        Optional<String> kind = entry.text("type");
        if (kind.isPresent() && !kind.get().equals(KINDS.get(mode))) {
            throw ApiException.unprocessable(
                    "tree.type " + kind.get() + " does not fit tree.mode " + entry.needed("mode"));
        }
        return mode;
    }
}
