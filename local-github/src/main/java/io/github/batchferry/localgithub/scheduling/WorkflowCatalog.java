package io.github.batchferry.localgithub.scheduling;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.hosting.TreeEntry;
import io.github.batchferry.localgithub.store.StableId;
import io.github.batchferry.localgithub.workflow.InvalidWorkflowException;
import io.github.batchferry.localgithub.workflow.WorkflowFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The workflows of repositories: the files in {@code .github/workflows} of the default branch. */
public final class WorkflowCatalog {
    private static final String FOLDER = ".github/workflows";

    /** All workflows, by path. */
    public List<WorkflowEntry> list(HostedRepository repository) throws IOException {
        Optional<String> commit = repository.commitOf(Optional.empty());
        Optional<TreeEntry> folder = commit.isEmpty() ? Optional.empty() : repository.entry(commit.get(), FOLDER);
        List<WorkflowEntry> workflows = new ArrayList<>();
        if (folder.orElse(null) instanceof TreeEntry.Directory directory) {
            for (TreeEntry child : directory.children()) {
                if (child instanceof TreeEntry.File file && file.path().matches(".*\\.ya?ml")) {
                    workflows.add(entry(repository, file));
                }
            }
        }
        return workflows;
    }

    /** A workflow by its number, its file name or its path. */
    public Optional<WorkflowEntry> find(HostedRepository repository, String idOrFile) throws IOException {
        return list(repository).stream()
                .filter(workflow -> Long.toString(workflow.id()).equals(idOrFile)
                        || workflow.fileName().equals(idOrFile)
                        || workflow.path().equals(idOrFile))
                .findFirst();
    }

    private static WorkflowEntry entry(HostedRepository repository, TreeEntry.File file) throws IOException {
        return new WorkflowEntry(
                id(repository.name().toString(), file.path()),
                file.path(),
                name(file.path(), repository.read(file)),
                repository.createdAt());
    }

    /** The number of a workflow, given its repository's full name and its path. */
    public static long id(String repository, String path) {
        return StableId.of(repository + ":" + path);
    }

    private static String name(String path, byte[] content) {
        try {
            return WorkflowFile.read(path, content).name();
        } catch (InvalidWorkflowException e) {
            return path; // as GitHub calls a workflow that it cannot read
        }
    }
}
