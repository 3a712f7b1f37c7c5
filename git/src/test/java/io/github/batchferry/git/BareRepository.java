package io.github.batchferry.git;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The server's side: a bare repository, laid out by hand so that the code under test is the first to touch JGit and has to
 * protect itself from the configuration of the home folder.
 */
record BareRepository(Path directory) {
    static BareRepository create(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("objects"));
        Files.createDirectories(directory.resolve("refs/heads"));
        Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(directory.resolve("config"), """
                [core]
                \trepositoryformatversion = 0
                \tbare = true
                [uploadpack]
                \tallowFilter = true
                """);
        return new BareRepository(directory);
    }

    URI fileUrl() {
        return directory.toUri();
    }

    Repository open() throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
    }

    RevCommit commit(String id) throws IOException {
        try (Repository repository = open();
                RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(repository.resolve(id));
        }
    }

    List<String> refs() throws IOException {
        try (Repository repository = open()) {
            return repository.getRefDatabase().getRefsByPrefix("refs/").stream()
                    .map(ref -> ref.getName())
                    .sorted()
                    .toList();
        }
    }
}
