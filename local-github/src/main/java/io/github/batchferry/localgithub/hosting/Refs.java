package io.github.batchferry.localgithub.hosting;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/** The branches and tags of a repository. Thread-safe. All names are full, such as {@code refs/heads/main}. */
public final class Refs {
    private final Repository git;

    Refs(Repository git) {
        this.git = git;
    }

    /** A ref that points at something. */
    public Optional<Ref> find(String name) throws IOException {
        if (!Repository.isValidRefName(name)) {
            return Optional.empty();
        }
        return Optional.ofNullable(git.exactRef(name)).filter(ref -> ref.getObjectId() != null);
    }

    /** The commit at the end of a branch. */
    public Optional<String> tip(String name) throws IOException {
        return find(name).map(ref -> ref.getObjectId().name());
    }

    /** The refs whose name begins so, sorted. */
    public List<Ref> startingWith(String prefix) throws IOException {
        return git.getRefDatabase().getRefsByPrefix(prefix).stream()
                .filter(ref -> ref.getObjectId() != null)
                .sorted(Comparator.comparing(Ref::getName))
                .toList();
    }

    /** Creates a ref. */
    public RefChange create(String name, String target) throws IOException {
        if (find(name).isPresent()) {
            return RefChange.EXISTS;
        }
        RefUpdate update = git.updateRef(name);
        update.setExpectedOldObjectId(ObjectId.zeroId());
        update.setNewObjectId(ObjectId.fromString(target));
        return outcome(update.update());
    }

    /**
     * Points a ref at something else.
     *
     * @param force also at what does not follow on the present commit
     */
    public RefChange move(String name, String target, boolean force) throws IOException {
        Optional<String> before = tip(name);
        if (before.isEmpty()) {
            return RefChange.MISSING;
        }
        return force || follows(before.get(), target)
                ? replace(name, before.get(), target)
                : RefChange.NOT_FAST_FORWARD;
    }

    /** Whether one commit can be reached from another. */
    public boolean follows(String before, String after) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevObject old = walk.parseAny(ObjectId.fromString(before));
            RevObject young = walk.parseAny(ObjectId.fromString(after));
            return old.equals(young)
                    || old instanceof RevCommit base && young instanceof RevCommit tip && walk.isMergedInto(base, tip);
        }
    }

    /** Points a ref at something else, unless it is no longer where it was seen. */
    public RefChange replace(String name, String seen, String target) throws IOException {
        RefUpdate update = git.updateRef(name);
        update.setExpectedOldObjectId(ObjectId.fromString(seen));
        update.setNewObjectId(ObjectId.fromString(target));
        return outcome(update.forceUpdate());
    }

    /** Removes a ref. */
    public RefChange delete(String name) throws IOException {
        if (find(name).isEmpty()) {
            return RefChange.MISSING;
        }
        RefUpdate update = git.updateRef(name);
        update.setForceUpdate(true);
        return outcome(update.delete());
    }

    private static RefChange outcome(RefUpdate.Result result) {
        return switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> RefChange.DONE;
            default -> RefChange.CONFLICT;
        };
    }
}
