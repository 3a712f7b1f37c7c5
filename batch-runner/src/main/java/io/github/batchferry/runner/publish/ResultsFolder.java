package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.wire.BatchFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Copies the results branch, as it is when the job ends, into the folder that the workflow uploads as an artifact. */
public final class ResultsFolder {
    private final Path folder;

    /** @param temporary the job's temporary folder */
    public ResultsFolder(Path temporary) {
        this.folder = temporary.resolve(BatchFiles.ARTIFACT_FOLDER);
    }

    /** Fills the folder, which is made; there is none if there is no such branch. */
    public void fill(GitRemote remote, BranchName results) throws GitException, IOException {
        Optional<BranchSnapshot> fetched = remote.fetch(results);
        if (fetched.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        try (BranchSnapshot branch = fetched.get()) {
            for (String name : branch.paths()) {
                if (isResult(name)) {
                    copy(branch, name);
                }
            }
        }
    }

    private static boolean isResult(String name) {
        return BatchFiles.isResponsesPart(name) || name.equals(BatchFiles.PROGRESS) || name.equals(BatchFiles.SUMMARY);
    }

    private void copy(BranchSnapshot branch, String name) throws IOException {
        try (InputStream content = branch.open(name)) {
            Files.copy(content, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
