package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** Commits files on top of the default branch of a bare repository, without a work tree. */
final class DefaultBranchCommit {
    private static final int TRIES = 5;

    private final Repository git;
    private final GitObjects objects;
    private final Trees trees;

    DefaultBranchCommit(Repository git) {
        this.git = git;
        this.objects = new GitObjects(git);
        this.trees = new Trees(git);
    }

    /**
     * Adds or replaces files; nothing is committed when nothing would change.
     *
     * @throws IOException if the branch could not be moved because others kept moving it
     */
    void commit(String message, Map<String, byte[]> files, Instant now) throws IOException {
        RefUpdate.Result result = RefUpdate.Result.NOT_ATTEMPTED;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            result = tryCommit(message, files, now);
            switch (result) {
                case NEW, FAST_FORWARD, NO_CHANGE -> {
                    return;
                }
                default -> {} // somebody moved the branch in between: look again
            }
        }
        throw new IOException("cannot commit to the default branch of " + git.getDirectory() + ": " + result);
    }

    private RefUpdate.Result tryCommit(String message, Map<String, byte[]> files, Instant now) throws IOException {
        ObjectId tip = git.resolve(Constants.HEAD);
        Optional<String> before = tip == null ? Optional.empty() : trees.of(tip.name());
        String tree = tree(before, files);
        if (before.filter(tree::equals).isPresent()) {
            return RefUpdate.Result.NO_CHANGE;
        }
        List<String> parents = tip == null ? List.of() : List.of(tip.name());
        PersonIdent person = new PersonIdent("Batchferry", "batchferry@localhost", now, ZoneOffset.UTC);
        RefUpdate update = git.updateRef(Constants.HEAD);
        update.setNewObjectId(ObjectId.fromString(objects.insertCommit(tree, parents, message, person, person)));
        update.setExpectedOldObjectId(tip == null ? ObjectId.zeroId() : tip);
        update.setRefLogMessage("commit: " + message, false);
        return update.update();
    }

    private String tree(Optional<String> before, Map<String, byte[]> files) throws IOException {
        List<TreeChange> changes = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            changes.add(TreeChange.content(file.getKey(), objects.insertBlob(file.getValue())));
        }
        return trees.write(before, changes);
    }
}
