package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchMovedException;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.wire.BatchFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts commits on the results branch, which nobody else may move. A push whose answer was lost on the way is recognised by the
 * files it left there, also if it arrives late. Blocks; not thread-safe.
 */
public final class ResultsPush implements Closeable {
    private final GitRemote remote;
    private final BranchName branch;

    // Mutable state
    private Optional<String> tip;
    private boolean takenForNew; // there was no branch when we looked: nobody else should have made it since
    private BranchWriter writer;
    private List<BranchFile> unconfirmed = List.of(); // of the first failed push since one succeeded
    private List<BranchFile> lastUnconfirmed = List.of(); // of the last such push

    /** @param tip the branch's commit as it was read; empty if there is no branch yet */
    public ResultsPush(GitRemote remote, BranchName branch, Optional<String> tip) {
        this.remote = remote;
        this.branch = branch;
        this.tip = tip;
        this.takenForNew = tip.isEmpty();
    }

    /** Name of the branch. */
    public BranchName branch() {
        return branch;
    }

    /** Does what can be done before there is something to push. A failure will show, and be told, at the push. */
    public void prepare() {
        if (writer == null && takenForNew) {
            try {
                writer = remote.create(branch);
            } catch (GitException e) {
                writer = null;
            }
        }
    }

    /**
     * Commits and pushes; after a failure, call it again with the same files, and with others where there are more by then.
     *
     * @throws BranchMovedException if somebody else moved the branch; trying again has no sense
     */
    public void push(List<BranchFile> files, String message) throws GitException, IOException {
        boolean looked = !takenForNew;
        try {
            pushUnlessThere(files, message);
        } catch (BranchMovedException e) {
            if (looked && unconfirmed.isEmpty()) {
                throw e;
            }
            // perhaps by an earlier push of ours, which arrives only now
            pushUnlessThere(files, message);
        }
        unconfirmed = List.of();
        lastUnconfirmed = List.of();
    }

    private void pushUnlessThere(List<BranchFile> files, String message) throws GitException, IOException {
        try {
            if (writer == null && isThereAlready(files)) {
                return;
            }
            tip = Optional.of(writer.commit(files, message));
            takenForNew = false;
        } catch (GitException | IOException | RuntimeException e) {
            takenForNew = false;
            close();
            if (!(e instanceof BranchMovedException)) {
                remember(List.copyOf(files));
            }
            throw e;
        }
    }

    /** The first may arrive late, when others were refused already; of the last, only the answer may be lost. */
    private void remember(List<BranchFile> files) {
        lastUnconfirmed = files;
        if (unconfirmed.isEmpty()) {
            unconfirmed = files;
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                // a temporary copy that stays behind harms nobody
            }
            writer = null;
        }
    }

    /** Opens the branch. Where it is not where we left it, an earlier push of ours must have arrived after all. */
    private boolean isThereAlready(List<BranchFile> files) throws GitException, IOException {
        if (takenForNew) {
            writer = remote.create(branch);
            return false;
        }
        writer = remote.write(branch);
        Optional<String> found = Optional.ofNullable(writer.tip());
        if (found.equals(tip)) {
            return false;
        }
        boolean all = holds(files);
        if (!all && !isOurs(files) && !isOurs(unconfirmed) && !isOurs(lastUnconfirmed)) {
            throw new BranchMovedException(branch);
        }
        tip = found;
        return all;
    }

    /** Whether a push of these files is what is there, in an earlier try, whose documents may have been older. */
    private boolean isOurs(List<BranchFile> files) throws GitException, IOException {
        return holdsAny(files, file -> BatchFiles.isResponsesPart(file.path()))
                || holdsAny(files, file -> !file.path().equals(BatchFiles.PROGRESS))
                || holdsAny(files, file -> true);
    }

    /** Whether all those files are there, of which there must be one. */
    private boolean holdsAny(List<BranchFile> files, Predicate<BranchFile> which) throws GitException, IOException {
        List<BranchFile> some = files.stream().filter(which).toList();
        return !some.isEmpty() && holds(some);
    }

    private boolean holds(List<BranchFile> files) throws GitException, IOException {
        try (BranchSnapshot snapshot = remote.fetch(branch).orElseThrow(() -> new BranchMovedException(branch))) {
            for (BranchFile file : files) {
                if (!snapshot.paths().contains(file.path()) || !isSame(file, snapshot)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isSame(BranchFile file, BranchSnapshot snapshot) throws IOException {
        try (InputStream ours = file.content().open();
                InputStream theirs = snapshot.open(file.path())) {
            byte[] some = ours.readNBytes(64 * 1024);
            while (some.length > 0) {
                if (!Arrays.equals(some, theirs.readNBytes(some.length))) {
                    return false;
                }
                some = ours.readNBytes(64 * 1024);
            }
            return theirs.read() < 0;
        }
    }
}
