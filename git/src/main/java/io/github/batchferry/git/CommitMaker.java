package io.github.batchferry.git;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** Writes files, trees and commits into a repository, without a work tree and without holding a file in memory. */
final class CommitMaker {
    private static final String NAME = "Batchferry";
    private static final String EMAIL = "batchferry@users.noreply.github.com";

    private final Repository repository;
    private final Clock clock;

    CommitMaker(Repository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Makes a commit with the parent's files and the given ones.
     *
     * @param parent the zero id for a commit without parents
     */
    ObjectId make(ObjectId parent, List<BranchFile> files, String message) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = tree(parent, blobs(files, inserter), inserter);
            ObjectId commit = inserter.insert(commit(parent, tree, message));
            inserter.flush();
            return commit;
        }
    }

    private static SortedMap<String, ObjectId> blobs(List<BranchFile> files, ObjectInserter inserter)
            throws IOException {
        BranchFile.requireDistinct(files);
        SortedMap<String, ObjectId> blobs = new TreeMap<>();
        for (BranchFile file : files) {
            blobs.put(file.path(), blob(file, inserter));
        }
        return blobs;
    }

    private static ObjectId blob(BranchFile file, ObjectInserter inserter) throws IOException {
        try (CountingInput in = new CountingInput(file.content().open())) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, file.size(), in);
            if (in.count() != file.size() || in.read() >= 0) {
                throw new EOFException();
            }
            return id;
        } catch (EOFException e) {
            throw new IOException(
                    "file `" + file.path() + "` is not " + file.size()
                            + " bytes long, as announced; it must not change while it is committed",
                    e);
        } catch (IOException e) {
            throw new IOException("cannot read file `" + file.path() + "`: " + e, e);
        }
    }

    private ObjectId tree(ObjectId parent, SortedMap<String, ObjectId> blobs, ObjectInserter inserter)
            throws IOException {
        DirCache index = DirCache.newInCore();
        if (!parent.equals(ObjectId.zeroId())) {
            load(index, parent);
        }
        DirCacheEditor editor = index.editor();
        blobs.forEach((path, blob) -> editor.add(new Put(path, blob)));
        editor.finish();
        return index.writeTree(inserter);
    }

    private void load(DirCache index, ObjectId parent) throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk commits = new RevWalk(reader)) {
            DirCacheBuilder builder = index.builder();
            builder.addTree(
                    new byte[0],
                    DirCacheEntry.STAGE_0,
                    reader,
                    commits.parseCommit(parent).getTree());
            builder.finish();
        }
    }

    private CommitBuilder commit(ObjectId parent, ObjectId tree, String message) {
        PersonIdent self = new PersonIdent(NAME, EMAIL, clock.instant(), ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(self);
        commit.setCommitter(self);
        commit.setMessage(message);
        if (!parent.equals(ObjectId.zeroId())) {
            commit.setParentId(parent);
        }
        return commit;
    }

    /** Puts a blob at a path, in place of a file or folder that is there. */
    private static final class Put extends DirCacheEditor.PathEdit {
        private final ObjectId blob;

        Put(String path, ObjectId blob) {
            super(path);
            this.blob = blob;
        }

        @Override
        public void apply(DirCacheEntry entry) {
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(blob);
        }
    }

    /** Counts what is read: the inserter takes small streams whole, however long they were announced to be. */
    private static final class CountingInput extends FilterInputStream {
        // Mutable state
        private long count;

        CountingInput(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
