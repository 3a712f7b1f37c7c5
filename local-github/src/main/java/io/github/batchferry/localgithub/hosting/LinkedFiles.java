package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where symbolic links and submodules of a commit lead.
 *
 * @param repository the repository
 * @param commit full name of the commit
 */
public record LinkedFiles(HostedRepository repository, String commit) {
    /** The path that a symbolic link holds. */
    public String target(TreeEntry.Other link) throws IOException {
        try (InputStream in = repository
                .git()
                .open(ObjectId.fromString(link.sha()), Constants.OBJ_BLOB)
                .openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The file of the same commit that a symbolic link leads to; empty if it leads elsewhere or to no file. */
    public Optional<TreeEntry.File> file(TreeEntry.Other link) throws IOException {
        Path target = Path.of("/" + link.path()).resolveSibling(target(link)).normalize();
        if (target(link).startsWith("/") || target.getNameCount() == 0) {
            return Optional.empty();
        }
        Optional<TreeEntry> entry = repository.entry(commit, target.toString().substring(1));
        return entry.isPresent() && entry.get() instanceof TreeEntry.File file ? Optional.of(file) : Optional.empty();
    }

    /** The address of a submodule, as the commit's {@code .gitmodules} says; empty if it says nothing. */
    public String submoduleUrl(TreeEntry.Other submodule) throws IOException {
        Optional<TreeEntry> file = repository.entry(commit, Constants.DOT_GIT_MODULES);
        if (file.isEmpty() || !(file.get() instanceof TreeEntry.File modules)) {
            return "";
        }
        Config config = new Config();
        try {
            config.fromText(new String(repository.read(modules), StandardCharsets.UTF_8));
        } catch (ConfigInvalidException e) {
            return "";
        }
        return config.getSubsections("submodule").stream()
                .filter(name -> submodule.path().equals(config.getString("submodule", name, "path")))
                .map(name -> config.getString("submodule", name, "url"))
                .findFirst()
                .orElse("");
    }
}
