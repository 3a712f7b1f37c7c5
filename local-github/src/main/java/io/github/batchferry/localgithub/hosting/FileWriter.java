package io.github.batchferry.localgithub.hosting;

import io.github.batchferry.localgithub.hosting.FileWrite.Changed;
import io.github.batchferry.localgithub.hosting.FileWrite.NoBranch;
import io.github.batchferry.localgithub.hosting.FileWrite.NoFile;
import io.github.batchferry.localgithub.hosting.FileWrite.NotAFile;
import io.github.batchferry.localgithub.hosting.FileWrite.Outcome;
import io.github.batchferry.localgithub.hosting.FileWrite.Unseen;
import io.github.batchferry.localgithub.hosting.FileWrite.Written;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;

/** Commits the change of a single file, without a work tree. Thread-safe. */
public final class FileWriter {
    private static final int TRIES = 20;

    private final HostedRepository repository;

    FileWriter(HostedRepository repository) {
        this.repository = repository;
    }

    /**
     * Makes the commit, or says why not. What is said of the present content holds at the moment of the commit.
     *
     * @throws IOException if the branch could not be moved because others kept moving it
     */
    public Outcome write(FileWrite write) throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<String> tip = repository.refs().tip(write.branch());
            Optional<Outcome> obstacle = obstacle(write, tip);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            String commit = commit(write, tip);
            if (move(write.branch(), tip, commit)) {
                return new Written(commit, write.replaces().isEmpty());
            }
            // somebody moved the branch in between: look again
        }
        throw new IOException("cannot commit to `" + write.branch() + "`: others kept moving it");
    }

    /** Makes the first commit of an empty repository, on its default branch. */
    public void begin(String path, byte[] content, PersonIdent author) throws IOException {
        write(new FileWrite(
                Constants.R_HEADS + repository.defaultBranch(),
                path,
                Optional.of(content),
                Optional.empty(),
                "Initial commit",
                author,
                author));
    }

    private Optional<Outcome> obstacle(FileWrite write, Optional<String> tip) throws IOException {
        if (tip.isEmpty()) {
            if (!repository.isEmpty()) {
                return Optional.of(new NoBranch());
            }
            return write.content().isPresent() && write.replaces().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new NoFile());
        }
        Optional<TreeEntry> present = repository.entry(tip.get(), write.path());
        if (present.isEmpty()) {
            boolean fresh = write.content().isPresent() && write.replaces().isEmpty();
            return fresh ? underAFile(write.path(), tip.get()) : Optional.of(new NoFile());
        }
        if (present.get() instanceof TreeEntry.Directory) {
            return Optional.of(new NotAFile());
        }
        if (write.replaces().isEmpty()) {
            return Optional.of(new Unseen());
        }
        String sha = present.get().sha();
        return write.replaces().get().equals(sha)
                ? Optional.empty()
                : Optional.of(new Changed(write.replaces().get()));
    }

    private Optional<Outcome> underAFile(String path, String tip) throws IOException {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            Optional<TreeEntry> parent = repository.entry(tip, path.substring(0, slash));
            if (parent.isPresent() && !(parent.get() instanceof TreeEntry.Directory)) {
                return Optional.of(new NotAFile());
            }
        }
        return Optional.empty();
    }

    private String commit(FileWrite write, Optional<String> tip) throws IOException {
        GitObjects objects = repository.objects();
        TreeChange change = write.content().isPresent()
                ? TreeChange.content(
                        write.path(), objects.insertBlob(write.content().get()))
                : TreeChange.removal(write.path());
        Optional<String> base = tip.isPresent() ? repository.trees().of(tip.get()) : Optional.empty();
        String tree = repository.trees().write(base, List.of(change));
        return objects.insertCommit(
                tree, tip.map(List::of).orElse(List.of()), write.message(), write.author(), write.committer());
    }

    private boolean move(String branch, Optional<String> tip, String commit) throws IOException {
        RefUpdate update = repository.git().updateRef(branch);
        update.setExpectedOldObjectId(tip.map(ObjectId::fromString).orElse(ObjectId.zeroId()));
        update.setNewObjectId(ObjectId.fromString(commit));
        return switch (update.update()) {
            case NEW, FAST_FORWARD -> true;
            case LOCK_FAILURE -> false;
            default -> throw new IOException("cannot move `" + branch + "`: " + update.getResult());
        };
    }
}
