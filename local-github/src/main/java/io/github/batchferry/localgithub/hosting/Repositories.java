package io.github.batchferry.localgithub.hosting;

import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The repositories of a state directory. Thread-safe. */
public final class Repositories implements Closeable {
    private final StateDirectory directory;

    // Mutable state
    private final Map<RepositoryName, HostedRepository> open = new ConcurrentHashMap<>();

    public Repositories(StateDirectory directory) {
        this.directory = directory;
    }

    /**
     * Creates an empty bare repository with the default branch main; one that exists is left alone.
     *
     * @return whether it was created
     */
    public synchronized boolean create(RepositoryName name) throws IOException {
        Path folder = directory.repository(name);
        if (Files.exists(folder)) {
            return false;
        }
        Path beside = folder.resolveSibling(name.name() + ".new");
        StateDirectory.delete(beside);
        Files.createDirectories(beside);
        try (Repository git =
                new FileRepositoryBuilder().setGitDir(beside.toFile()).setBare().build()) {
            git.create(true);
            RefUpdate head = git.updateRef("HEAD");
            head.disableRefLog();
            head.link("refs/heads/main");
            configure(git.getConfig());
        }
        Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** All repositories, sorted by their names. */
    public List<HostedRepository> all() throws IOException {
        List<HostedRepository> all = new ArrayList<>();
        for (RepositoryName name : directory.repositoryNames()) {
            find(name).ifPresent(all::add);
        }
        return all;
    }

    /** Removes a repository and all that is kept of it; one that is not there is fine. */
    public synchronized void delete(RepositoryName name) throws IOException {
        HostedRepository known = open.remove(name);
        if (known != null) {
            known.git().close();
        }
        directory.forget(name);
    }

    private static void configure(StoredConfig config) throws IOException {
        // A run that is started again needs its commit, also when its branch is gone by then: nothing is ever pruned.
        config.setBoolean("receive", null, "autogc", false);
        config.setInt("gc", null, "auto", 0);
        config.setBoolean("uploadpack", null, "allowFilter", true);
        // Deltas cost memory and time and save nothing on loopback.
        config.setInt("pack", null, "window", 0);
        config.save();
    }

    /** A repository, if it is hosted here. */
    public Optional<HostedRepository> find(RepositoryName name) throws IOException {
        HostedRepository known = open.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        return openFromDisk(name);
    }

    private synchronized Optional<HostedRepository> openFromDisk(RepositoryName name) throws IOException {
        if (!open.containsKey(name) && Files.isDirectory(directory.repository(name))) {
            Path folder = directory.repository(name);
            Repository git = new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
            open.put(name, new HostedRepository(name, git));
        }
        return Optional.ofNullable(open.get(name));
    }

    /**
     * Adds or replaces files on the default branch, in one commit; none is made when nothing would change.
     *
     * @param files path to content
     */
    public synchronized void commit(RepositoryName name, String message, Map<String, byte[]> files, Instant now)
            throws IOException {
        HostedRepository repository = find(name)
                .orElseThrow(
                        () -> new IOException("no repository `" + name + "` on this embedded GitHub; create it first"));
        new DefaultBranchCommit(repository.git()).commit(message, files, now);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(repository -> repository.git().close());
        open.clear();
    }
}
