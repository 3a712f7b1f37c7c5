package io.github.batchferry.localgithub.hosting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;

/** What is different between two commits, file by file, with renames found. Thread-safe. */
public final class FileChanges {
    private final Repository git;

    FileChanges(Repository git) {
        this.git = git;
    }

    /** The files that differ, sorted by path; all files of the second if the first is empty. */
    public List<FileChange> between(Optional<String> before, String after) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DiffFormatter diff = formatter(text)) {
            List<FileChange> changes = new ArrayList<>();
            for (DiffEntry entry : diff.scan(tree(before), tree(Optional.of(after)))) {
                changes.add(change(entry, diff, text));
            }
            return changes;
        }
    }

    /** The same as git prints it. */
    public byte[] text(Optional<String> before, String after) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DiffFormatter diff = formatter(text)) {
            diff.format(tree(before), tree(Optional.of(after)));
            diff.flush();
        }
        return text.toByteArray();
    }

    private DiffFormatter formatter(ByteArrayOutputStream text) {
        DiffFormatter diff = new DiffFormatter(text);
        diff.setRepository(git);
        diff.setDetectRenames(true);
        return diff;
    }

    private AbstractTreeIterator tree(Optional<String> commit) throws IOException {
        if (commit.isEmpty()) {
            return new EmptyTreeIterator();
        }
        try (RevWalk walk = new RevWalk(git)) {
            RevTree tree = walk.parseTree(ObjectId.fromString(commit.get()));
            return new CanonicalTreeParser(null, walk.getObjectReader(), tree);
        }
    }

    private FileChange change(DiffEntry entry, DiffFormatter diff, ByteArrayOutputStream text) throws IOException {
        boolean removed = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
        boolean renamed = entry.getChangeType() == DiffEntry.ChangeType.RENAME;
        FileHeader file = diff.toFileHeader(entry);
        EditList edits = file.toEditList();
        return new FileChange(
                removed ? entry.getOldPath() : entry.getNewPath(),
                renamed ? Optional.of(entry.getOldPath()) : Optional.empty(),
                kind(entry.getChangeType()),
                (removed ? entry.getOldId() : entry.getNewId()).name(),
                edits.stream().mapToInt(Edit::getLengthB).sum(),
                edits.stream().mapToInt(Edit::getLengthA).sum(),
                edits.isEmpty() ? Optional.empty() : Optional.of(patch(entry, edits, diff, text)));
    }

    private static String kind(DiffEntry.ChangeType type) {
        return switch (type) {
            case ADD, COPY -> "added";
            case DELETE -> "removed";
            case RENAME -> "renamed";
            case MODIFY -> "modified";
        };
    }

    private String patch(DiffEntry entry, EditList edits, DiffFormatter diff, ByteArrayOutputStream text)
            throws IOException {
        text.reset();
        RawText before = content(entry.getOldMode(), entry.getOldId().toObjectId());
        diff.format(edits, before, content(entry.getNewMode(), entry.getNewId().toObjectId()));
        diff.flush();
        String patch = text.toString(StandardCharsets.UTF_8);
        return patch.endsWith("\n") ? patch.substring(0, patch.length() - 1) : patch;
    }

    private RawText content(FileMode mode, ObjectId id) throws IOException {
        if (mode == FileMode.MISSING) {
            return RawText.EMPTY_TEXT;
        }
        if (mode == FileMode.GITLINK) {
            return new RawText(("Subproject commit " + id.name() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new RawText(git.open(id, Constants.OBJ_BLOB).getBytes());
    }
}
