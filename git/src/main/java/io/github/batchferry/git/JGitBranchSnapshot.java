package io.github.batchferry.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads the fetched tip from its temporary repository; streams end with it. */
final class JGitBranchSnapshot implements BranchSnapshot {
    private final TemporaryRepository temporary;
    private final String commit;
    private final SortedMap<String, ObjectId> files;

    private JGitBranchSnapshot(TemporaryRepository temporary, String commit, SortedMap<String, ObjectId> files) {
        this.temporary = temporary;
        this.commit = commit;
        this.files = files;
    }

    /** Reads the branch's local copy. */
    static JGitBranchSnapshot read(TemporaryRepository temporary, BranchName branch) throws IOException {
        ObjectId tip = tip(temporary, branch);
        return new JGitBranchSnapshot(temporary, tip.name(), files(temporary, tip));
    }

    /** The commit the branch's local copy points at. */
    static ObjectId tip(TemporaryRepository temporary, BranchName branch) throws IOException {
        Ref ref = temporary.repository().exactRef(branch.ref());
        if (ref == null) {
            throw new IOException("branch `" + branch + "` did not arrive");
        }
        return ref.getObjectId();
    }

    private static SortedMap<String, ObjectId> files(TemporaryRepository temporary, ObjectId commit)
            throws IOException {
        SortedMap<String, ObjectId> files = new TreeMap<>();
        try (RevWalk commits = new RevWalk(temporary.repository());
                TreeWalk tree = new TreeWalk(temporary.repository())) {
            tree.addTree(commits.parseCommit(commit).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                if (isFile(tree.getFileMode())) {
                    files.put(tree.getPathString(), tree.getObjectId(0));
                }
            }
        }
        return files;
    }

    private static boolean isFile(FileMode mode) {
        return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    @Override
    public String commit() {
        return commit;
    }

    @Override
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    @Override
    public InputStream open(String path) throws IOException {
        ObjectId id = files.get(path);
        if (id == null) {
            throw new NoSuchFileException(path);
        }
        return temporary.repository().open(id, Constants.OBJ_BLOB).openStream();
    }

    @Override
    public void close() throws IOException {
        temporary.close();
    }
}
