package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Commits files on top of the default branch of a bare repository, without a work tree. */
final class DefaultBranchCommit {
    private static final int TRIES = 5;

    private final Repository git;

    DefaultBranchCommit(Repository git) {
        this.git = git;
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
        try (ObjectInserter inserter = git.newObjectInserter();
                RevWalk walk = new RevWalk(git)) {
            RevCommit parent = tip == null ? null : walk.parseCommit(tip);
            ObjectId tree = tree(parent, files, inserter);
            if (parent != null && parent.getTree().equals(tree)) {
                return RefUpdate.Result.NO_CHANGE;
            }
            ObjectId commit = inserter.insert(builder(message, tree, parent, now));
            inserter.flush();
            RefUpdate update = git.updateRef(Constants.HEAD);
            update.setNewObjectId(commit);
            update.setExpectedOldObjectId(tip == null ? ObjectId.zeroId() : tip);
            update.setRefLogMessage("commit: " + message, false);
            return update.update();
        }
    }

    private ObjectId tree(RevCommit parent, Map<String, byte[]> files, ObjectInserter inserter) throws IOException {
        DirCache index = DirCache.newInCore();
        if (parent != null) {
            DirCacheBuilder builder = index.builder();
            try (ObjectReader reader = git.newObjectReader()) {
                builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, parent.getTree());
            }
            builder.finish();
        }
        DirCacheEditor editor = index.editor();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue());
            editor.add(new DirCacheEditor.PathEdit(file.getKey()) {
                @Override
                public void apply(DirCacheEntry entry) {
                    if (entry.getRawMode() == 0) {
                        entry.setFileMode(FileMode.REGULAR_FILE);
                    }
                    entry.setObjectId(blob);
                }
            });
        }
        editor.finish();
        return index.writeTree(inserter);
    }

    private static CommitBuilder builder(String message, ObjectId tree, RevCommit parent, Instant now) {
        PersonIdent person = new PersonIdent("Batchferry", "batchferry@localhost", now, ZoneOffset.UTC);
        CommitBuilder builder = new CommitBuilder();
        builder.setTreeId(tree);
        if (parent != null) {
            builder.setParentId(parent);
        }
        builder.setAuthor(person);
        builder.setCommitter(person);
        builder.setMessage(message);
        return builder;
    }
}
