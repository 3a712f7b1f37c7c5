package io.github.batchferry.git.testing;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchMovedException;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A git server in memory: branches, each a list of commits. Behaves like the real one towards writers that race, and can be
 * told to fail. Thread-safe.
 */
public final class InMemoryGitRemote implements GitRemote {
    // Mutable state, guarded by this
    private final SortedMap<String, List<InMemoryCommit>> branches = new TreeMap<>();
    private final Deque<GitException> callFailures = new ArrayDeque<>();
    private final Deque<GitException> pushFailures = new ArrayDeque<>();
    private int pushes;
    private long commits;

    @Override
    public synchronized Optional<String> head(BranchName branch) throws GitException {
        throwNext(callFailures);
        return tip(branch).map(InMemoryCommit::id);
    }

    @Override
    public synchronized Optional<BranchSnapshot> fetch(BranchName branch) throws GitException {
        throwNext(callFailures);
        return tip(branch).map(InMemorySnapshot::new);
    }

    @Override
    public synchronized BranchWriter write(BranchName branch) throws GitException {
        throwNext(callFailures);
        return new InMemoryBranchWriter(this, branch, tip(branch).map(InMemoryCommit::id), Optional.empty());
    }

    @Override
    public synchronized BranchWriter write(BranchName branch, Instant date) throws GitException {
        throwNext(callFailures);
        return new InMemoryBranchWriter(this, branch, tip(branch).map(InMemoryCommit::id), Optional.of(date));
    }

    @Override
    public BranchWriter create(BranchName branch) {
        return new InMemoryBranchWriter(this, branch, Optional.empty(), Optional.empty());
    }

    @Override
    public synchronized void delete(BranchName branch) throws GitException {
        throwNext(callFailures);
        branches.remove(branch.value());
    }

    /** Names of all branches, sorted. */
    public synchronized List<String> branches() {
        return List.copyOf(branches.keySet());
    }

    /** The file at the tip of a branch, or empty if there is no such branch or file. */
    public synchronized Optional<byte[]> read(BranchName branch, String path) {
        return tip(branch).map(commit -> commit.files().get(path)).map(byte[]::clone);
    }

    /** Paths of the files at the tip of a branch, sorted; empty if there is no such branch. */
    public synchronized List<String> paths(BranchName branch) {
        return tip(branch).map(commit -> List.copyOf(commit.files().keySet())).orElse(List.of());
    }

    /** Messages of a branch's commits, oldest first; empty if there is no such branch. */
    public synchronized List<String> messages(BranchName branch) {
        return branches.getOrDefault(branch.value(), List.of()).stream()
                .map(InMemoryCommit::message)
                .toList();
    }

    /**
     * Commits as somebody else: adds or replaces files on a branch, which is made if need be. Never fails and is not counted
     * as a push; a writer that is open on the branch finds it moved.
     *
     * @return the new commit
     */
    public synchronized String put(BranchName branch, Map<String, byte[]> files) {
        return append(branch, files, "somebody else's commit", Optional.empty());
    }

    /** Makes the next calls fail, whichever they are: head, fetch, write, delete or a commit. */
    public synchronized void failNextCalls(int calls, GitException failure) {
        add(callFailures, calls, failure);
    }

    /** Makes the next commits fail before anything is pushed; other calls go on. */
    public synchronized void failNextPushes(int calls, GitException failure) {
        add(pushFailures, calls, failure);
    }

    /** How many commits of writers reached the server. */
    public synchronized int pushes() {
        return pushes;
    }

    synchronized String push(
            BranchName branch,
            Optional<String> expectedTip,
            Map<String, byte[]> files,
            String message,
            Optional<Instant> date)
            throws GitException {
        throwNext(callFailures);
        throwNext(pushFailures);
        if (!tip(branch).map(InMemoryCommit::id).equals(expectedTip)) {
            throw new BranchMovedException(branch);
        }
        pushes++;
        return append(branch, files, message, date);
    }

    private String append(BranchName branch, Map<String, byte[]> files, String message, Optional<Instant> date) {
        SortedMap<String, byte[]> content =
                tip(branch).map(tip -> new TreeMap<>(tip.files())).orElseGet(TreeMap::new);
        files.forEach((path, bytes) -> replace(content, path, bytes));
        String id = date.isPresent() ? id(date.get(), message, content) : "%040x".formatted(++commits);
        InMemoryCommit commit = new InMemoryCommit(id, content, message);
        branches.computeIfAbsent(branch.value(), name -> new ArrayList<>()).add(commit);
        return commit.id();
    }

    /** As in git, what is dated alike and holds the same is the same. */
    private static String id(Instant date, String message, SortedMap<String, byte[]> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update((date.getEpochSecond() + message).getBytes(StandardCharsets.UTF_8));
            content.forEach((path, bytes) -> {
                digest.update((path + bytes.length).getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }

    /** A file takes the place of a folder, and a folder that of a file, as in git. */
    private static void replace(SortedMap<String, byte[]> content, String path, byte[] bytes) {
        BranchFile.of(path, bytes).folders().forEach(content::remove);
        content.keySet().removeIf(other -> other.startsWith(path + "/"));
        content.put(path, bytes.clone());
    }

    private Optional<InMemoryCommit> tip(BranchName branch) {
        List<InMemoryCommit> history = branches.getOrDefault(branch.value(), List.of());
        return history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    }

    private static void add(Deque<GitException> failures, int calls, GitException failure) {
        for (int i = 0; i < calls; i++) {
            failures.add(failure);
        }
    }

    private static void throwNext(Deque<GitException> failures) throws GitException {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
    }
}
