package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The folders of a repository at one moment each. Thread-safe. */
public final class Trees {
    /** A listing ends here, as GitHub's does. */
    private static final int LARGEST_LISTING = 100_000;

    private final Repository git;

    Trees(Repository git) {
        this.git = git;
    }

    /** The tree of a commit, a tag or a tree, by its full name; empty if there is none. */
    public Optional<String> of(String sha) throws IOException {
        if (!ObjectId.isId(sha)) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(git)) {
            RevTree tree = walk.parseTree(ObjectId.fromString(sha));
            return Optional.of(tree.name());
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    /**
     * Lists a tree.
     *
     * @param deep with what is in its folders
     */
    public TreeListing list(String tree, boolean deep) throws IOException {
        List<TreeLine> lines = new ArrayList<>();
        try (ObjectReader reader = git.newObjectReader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(ObjectId.fromString(tree));
            while (walk.next()) {
                if (lines.size() == LARGEST_LISTING) {
                    return new TreeListing(tree, lines, true);
                }
                lines.add(line(walk, reader));
                if (deep && walk.isSubtree()) {
                    walk.enterSubtree();
                }
            }
        }
        return new TreeListing(tree, lines, false);
    }

    private static TreeLine line(TreeWalk walk, ObjectReader reader) throws IOException {
        FileMode mode = walk.getFileMode(0);
        ObjectId id = walk.getObjectId(0);
        long size = mode.getObjectType() == Constants.OBJ_BLOB ? reader.getObjectSize(id, Constants.OBJ_BLOB) : -1;
        return new TreeLine(walk.getPathString(), mode, id.name(), size);
    }

    /**
     * Stores a tree; its name is given back.
     *
     * @param base tree to begin with; nothing if empty
     * @throws IllegalArgumentException if a path is one that git cannot have
     */
    public String write(Optional<String> base, List<TreeChange> changes) throws IOException {
        DirCache index = DirCache.newInCore();
        try (ObjectInserter inserter = git.newObjectInserter();
                ObjectReader reader = git.newObjectReader()) {
            if (base.isPresent()) {
                fill(index, "", ObjectId.fromString(base.get()), reader);
            }
            edit(index, changes);
            for (TreeChange change : changes) {
                if (change.isFolder()) {
                    fill(index, change.path(), ObjectId.fromString(change.sha().get()), reader);
                }
            }
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            return tree.name();
        }
    }

    private static void fill(DirCache index, String folder, ObjectId tree, ObjectReader reader) throws IOException {
        DirCacheBuilder builder = index.builder();
        if (index.getEntryCount() > 0) {
            builder.keep(0, index.getEntryCount());
        }
        builder.addTree(folder.getBytes(StandardCharsets.UTF_8), DirCacheEntry.STAGE_0, reader, tree);
        builder.finish();
    }

    private static void edit(DirCache index, List<TreeChange> changes) {
        DirCacheEditor editor = index.editor();
        for (TreeChange change : changes) {
            if (change.sha().isEmpty() || change.isFolder()) {
                editor.add(new DirCacheEditor.DeletePath(change.path()));
                editor.add(new DirCacheEditor.DeleteTree(change.path()));
            } else {
                editor.add(put(change, ObjectId.fromString(change.sha().get())));
            }
        }
        editor.finish();
    }

    private static DirCacheEditor.PathEdit put(TreeChange change, ObjectId id) {
        return new DirCacheEditor.PathEdit(change.path()) {
            @Override
            public void apply(DirCacheEntry entry) {
                if (change.mode().isPresent() || entry.getRawMode() == 0) {
                    entry.setFileMode(change.mode().orElse(FileMode.REGULAR_FILE));
                }
                entry.setObjectId(id);
            }
        };
    }
}
