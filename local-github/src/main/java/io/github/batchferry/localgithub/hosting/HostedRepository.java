package io.github.batchferry.localgithub.hosting;

import io.github.batchferry.localgithub.store.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A bare repository on disk. Thread-safe; changes made by pushes are seen at once. */
public final class HostedRepository {
    private final RepositoryName name;
    private final Repository git;

    HostedRepository(RepositoryName name, Repository git) {
        this.name = name;
        this.git = git;
    }

    /** Its name. */
    public RepositoryName name() {
        return name;
    }

    /** The repository for JGit. */
    public Repository git() {
        return git;
    }

    /** Its branches and tags. */
    public Refs refs() {
        return new Refs(git);
    }

    /** Its objects by their names. */
    public GitObjects objects() {
        return new GitObjects(git);
    }

    /** Its folders. */
    public Trees trees() {
        return new Trees(git);
    }

    /** What led to what in it. */
    public History history() {
        return new History(git);
    }

    /** What is different between its commits. */
    public FileChanges changes() {
        return new FileChanges(git);
    }

    /** Brings its lines of commits together. */
    public Merges merges() {
        return new Merges(git);
    }

    /** Changes single files of it. */
    public FileWriter files() {
        return new FileWriter(this);
    }

    /** Whether nothing was ever pushed to it. */
    public boolean isEmpty() throws IOException {
        return refs().startingWith(Constants.R_REFS).isEmpty();
    }

    /** When a branch or tag was last created, moved or removed; when it was created if there was none yet. */
    public Instant pushedAt() throws IOException {
        return LastPush.of(git.getDirectory().toPath());
    }

    /** When it was created. */
    public Instant createdAt() throws IOException {
        return Files.readAttributes(git.getDirectory().toPath().resolve("config"), BasicFileAttributes.class)
                .lastModifiedTime()
                .toInstant();
    }

    /** Short name of the default branch. */
    public String defaultBranch() throws IOException {
        return Repository.shortenRefName(
                git.exactRef(Constants.HEAD).getTarget().getName());
    }

    /**
     * Makes another branch the default one.
     *
     * @return false if there is no such branch
     */
    public boolean changeDefaultBranch(String branch) throws IOException {
        if (refs().find(Constants.R_HEADS + branch).isEmpty()) {
            return false;
        }
        git.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
        return true;
    }

    /** A branch or tag by its short or full name; a commit's own name is none. */
    public Optional<ResolvedRef> resolve(String ref) throws IOException {
        List<String> candidates =
                ref.startsWith("refs/") ? List.of(ref) : List.of(Constants.R_HEADS + ref, Constants.R_TAGS + ref);
        for (String candidate : candidates) {
            Ref found = Repository.isValidRefName(candidate) ? git.exactRef(candidate) : null;
            if (found != null && found.getObjectId() != null) {
                Optional<RevCommit> commit = commit(found.getObjectId());
                return commit.map(target -> new ResolvedRef(candidate, target.name()));
            }
        }
        return Optional.empty();
    }

    /** A branch, a tag or a full commit name; the default branch for none. Empty if there is no such thing. */
    public Optional<String> commitOf(Optional<String> ref) throws IOException {
        Optional<ResolvedRef> named = resolve(ref.isPresent() ? ref.get() : defaultBranch());
        if (named.isPresent() || ref.isEmpty() || !ObjectId.isId(ref.get())) {
            return named.map(ResolvedRef::commit);
        }
        return commit(ObjectId.fromString(ref.get())).map(RevCommit::name);
    }

    /**
     * What people may call a commit: a branch, a tag, {@code HEAD} for the default branch, a commit's name or at least
     * the first seven digits of it. Empty if there is no such commit.
     */
    public Optional<String> revision(String text) throws IOException {
        Optional<String> named = commitOf(text.equals(Constants.HEAD) ? Optional.empty() : Optional.of(text));
        if (named.isPresent() || !text.matches("[0-9a-f]{7,39}")) {
            return named;
        }
        try (ObjectReader reader = git.newObjectReader()) {
            List<RevCommit> found = new ArrayList<>();
            for (ObjectId id : reader.resolve(AbbreviatedObjectId.fromString(text))) {
                commit(id).ifPresent(found::add);
            }
            return found.size() == 1 ? Optional.of(found.get(0).name()) : Optional.empty();
        }
    }

    private Optional<RevCommit> commit(ObjectId id) throws IOException {
        if (!git.getObjectDatabase().has(id)) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(git)) {
            RevObject object = walk.peel(walk.parseAny(id));
            return object instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
        }
    }

    /** A commit that exists, with its message and people. */
    public RevCommit commit(String sha) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            return walk.parseCommit(ObjectId.fromString(sha));
        }
    }

    /** What is at a path of a commit; the empty path is the root. */
    public Optional<TreeEntry> entry(String commit, String path) throws IOException {
        RevTree root = commit(commit).getTree();
        try (ObjectReader reader = git.newObjectReader()) {
            if (path.isEmpty()) {
                return Optional.of(directory("", root, reader));
            }
            try (TreeWalk walk = TreeWalk.forPath(reader, path, root)) {
                return walk == null ? Optional.empty() : Optional.of(entry(walk, reader, true));
            }
        }
    }

    private TreeEntry entry(TreeWalk walk, ObjectReader reader, boolean withChildren) throws IOException {
        ObjectId id = walk.getObjectId(0);
        FileMode mode = walk.getFileMode(0);
        if (mode == FileMode.TREE) {
            return withChildren
                    ? directory(walk.getPathString(), id, reader)
                    : new TreeEntry.Directory(walk.getPathString(), id.name(), List.of());
        }
        if (mode == FileMode.SYMLINK || mode == FileMode.GITLINK) {
            return new TreeEntry.Other(
                    walk.getPathString(), id.name(), mode == FileMode.SYMLINK ? "symlink" : "submodule");
        }
        return new TreeEntry.File(walk.getPathString(), id.name(), reader.getObjectSize(id, Constants.OBJ_BLOB));
    }

    private TreeEntry.Directory directory(String path, ObjectId tree, ObjectReader reader) throws IOException {
        List<TreeEntry> children = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            while (walk.next()) {
                TreeEntry child = entry(walk, reader, false);
                children.add(path.isEmpty() ? child : under(path, child));
            }
        }
        return new TreeEntry.Directory(path, tree.name(), children);
    }

    private static TreeEntry under(String parent, TreeEntry child) {
        String path = parent + "/" + child.path();
        if (child instanceof TreeEntry.File file) {
            return new TreeEntry.File(path, file.sha(), file.size());
        }
        return child instanceof TreeEntry.Other other
                ? new TreeEntry.Other(path, other.sha(), other.type())
                : new TreeEntry.Directory(path, child.sha(), List.of());
    }

    /** Opens the bytes of a file; large ones are streamed. */
    public InputStream open(TreeEntry.File file) throws IOException {
        return git.open(ObjectId.fromString(file.sha()), Constants.OBJ_BLOB).openStream();
    }

    /** Reads a file whole. */
    public byte[] read(TreeEntry.File file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }
}
