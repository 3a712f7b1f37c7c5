package io.github.batchferry.git;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A bare repository in a folder of its own, which goes away with it. */
final class TemporaryRepository implements Closeable {
    private final Path directory;
    private final Repository repository;

    private TemporaryRepository(Path directory, Repository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /** Creates an empty repository under the given folder, which is made if need be; only this user can read it. */
    static TemporaryRepository create(Path parent) throws IOException {
        IsolatedSystemReader.install();
        Files.createDirectories(parent);
        Path directory = Files.createTempDirectory(parent, "git-");
        try {
            Repository repository = new FileRepositoryBuilder()
                    .setGitDir(directory.toFile())
                    .setBare()
                    .build();
            repository.create(true);
            configure(repository.getConfig());
            return new TemporaryRepository(directory, repository);
        } catch (IOException | RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    private static void configure(StoredConfig config) throws IOException {
        // a repository that was renamed; the token must not follow to another host, which ServerHttp refuses
        config.setString("http", null, "followRedirects", "initial");
        // loose objects are only stop-overs on the way to a pack
        config.setInt("core", null, "compression", 1);
        // collecting garbage goes on in the background and would collide with removing the folder
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
    }

    Repository repository() {
        return repository;
    }

    /** Removes the folder; once is enough, more does no harm. */
    @Override
    public void close() throws IOException {
        repository.close();
        if (Files.exists(directory)) {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new Deletion());
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
