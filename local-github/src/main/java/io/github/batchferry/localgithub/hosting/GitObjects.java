package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** The objects of a repository, which nothing but their content names. Thread-safe. */
public final class GitObjects {
    private final Repository git;

    GitObjects(Repository git) {
        this.git = git;
    }

    /** Kind of an object, such as {@code commit}; empty if there is none of that name. */
    public Optional<String> kind(String sha) throws IOException {
        Optional<ObjectLoader> object = open(sha);
        return object.map(found -> Constants.typeString(found.getType()));
    }

    /** Whether an object is there and of a kind. */
    public boolean has(String sha, String kind) throws IOException {
        return kind(sha).filter(kind::equals).isPresent();
    }

    /** A blob's content, to be read or streamed. */
    public Optional<ObjectLoader> blob(String sha) throws IOException {
        return open(sha).filter(object -> object.getType() == Constants.OBJ_BLOB);
    }

    private Optional<ObjectLoader> open(String sha) throws IOException {
        if (!ObjectId.isId(sha) || !git.getObjectDatabase().has(ObjectId.fromString(sha))) {
            return Optional.empty();
        }
        return Optional.of(git.open(ObjectId.fromString(sha)));
    }

    /** An annotated tag's object. */
    public Optional<RevTag> tag(String sha) throws IOException {
        if (!has(sha, Constants.TYPE_TAG)) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(git)) {
            return Optional.of(walk.parseTag(ObjectId.fromString(sha)));
        }
    }

    /** Stores a file's content; its name is given back. */
    public String insertBlob(byte[] content) throws IOException {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
            inserter.flush();
            return id.name();
        }
    }

    /** Stores a commit that no branch points at yet. */
    public String insertCommit(
            String tree, List<String> parents, String message, PersonIdent author, PersonIdent committer)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(ObjectId.fromString(tree));
        commit.setParentIds(parents.stream().map(ObjectId::fromString).toList());
        commit.setMessage(message);
        commit.setAuthor(author);
        commit.setCommitter(committer);
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        }
    }

    /** Stores an annotated tag that no ref points at yet. */
    public String insertTag(String name, String target, String kind, String message, PersonIdent tagger)
            throws IOException {
        TagBuilder tag = new TagBuilder();
        tag.setTag(name);
        tag.setObjectId(ObjectId.fromString(target), type(kind));
        tag.setMessage(message);
        tag.setTagger(tagger);
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            return id.name();
        }
    }

    private static int type(String kind) {
        return switch (kind) {
            case Constants.TYPE_COMMIT -> Constants.OBJ_COMMIT;
            case Constants.TYPE_TREE -> Constants.OBJ_TREE;
            case Constants.TYPE_BLOB -> Constants.OBJ_BLOB;
            case Constants.TYPE_TAG -> Constants.OBJ_TAG;
            default ->
                throw new IllegalArgumentException(
                        "unknown kind of object `" + kind + "`: expected commit, tree, blob or tag");
        };
    }
}
