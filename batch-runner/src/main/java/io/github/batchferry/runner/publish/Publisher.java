package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchMovedException;
import io.github.batchferry.git.GitException;
import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.wire.BatchSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Pushes closed parts in the background, several in one commit where they wait. Failed pushes are tried again for as long as
 * the batch goes on; nothing waits for them before {@link #finish}. A part is pushed once and never changed.
 */
public final class Publisher {
    private final EventLoop loop;
    private final ResultsPush push;
    private final Backoff backoff;
    private final CommitMessages messages;
    private final Consumer<String> log;
    private final CompletableFuture<Void> broken = new CompletableFuture<>();

    // Mutable state, on the loop
    private final List<ClosedPart> pending = new ArrayList<>();
    private final Map<String, Document> documents = new LinkedHashMap<>();
    private EventLoop.Timer retry = () -> {};
    private int failures;
    private Optional<Finish> finish = Optional.empty();

    // Mutable state, seen from other threads
    private volatile boolean idle = true;

    private record Finish(Optional<BatchSummary> summary, int maxAttempts, CompletableFuture<Void> done) {}

    /** A file that is replaced as a whole, and who waits for it to be on the branch. */
    private record Document(byte[] content, CompletableFuture<Void> done) {}

    /**
     * @param loop a thread of its own: pushing blocks it
     * @param log takes one line for each push that failed
     */
    public Publisher(EventLoop loop, ResultsPush push, Backoff backoff, CommitMessages messages, Consumer<String> log) {
        this.loop = loop;
        this.push = push;
        this.backoff = backoff;
        this.messages = messages;
        this.log = log;
    }

    /** Takes a part to be pushed soon. Callable from any thread. */
    public void offer(ClosedPart part) {
        hold(part);
        loop.execute(() -> {
            if (failures == 0) {
                tryPush();
            }
        });
    }

    /**
     * Puts a file on the branch that, unlike a part, may change; of several of one name only the last is pushed. Callable
     * from any thread.
     *
     * @return ends when the branch has this content, or a later one of the same name; fails when pushing on has no sense
     */
    public CompletableFuture<Void> put(String name, byte[] content) {
        Document document = new Document(content, new CompletableFuture<>());
        loop.execute(() -> {
            idle = false;
            Document replaced = documents.put(name, document);
            if (replaced != null) {
                follow(document.done(), replaced.done());
            }
            follow(broken, document.done());
            if (failures == 0) {
                tryPush();
            }
        });
        return document.done();
    }

    private static void follow(CompletableFuture<Void> leader, CompletableFuture<Void> follower) {
        leader.whenComplete((none, failure) -> {
            if (failure == null) {
                follower.complete(null);
            } else {
                follower.completeExceptionally(failure);
            }
        });
    }

    /** Takes a part to be pushed together with what comes next. Callable from any thread. */
    public void hold(ClosedPart part) {
        loop.execute(() -> {
            idle = false;
            pending.add(part);
        });
    }

    /** Whether everything offered is pushed. */
    public boolean isIdle() {
        return idle;
    }

    /** Fails as soon as pushing on has no sense, mostly because somebody else moved the branch; never succeeds. */
    public CompletableFuture<Void> broken() {
        return broken;
    }

    /**
     * Pushes what is left and, in the same commit, the summary.
     *
     * @param summary the summary of a complete batch; empty where it is not complete
     * @param maxAttempts tries before the future fails with the cause
     */
    public CompletableFuture<Void> finish(Optional<BatchSummary> summary, int maxAttempts) {
        Finish last = new Finish(summary, maxAttempts, new CompletableFuture<>());
        loop.execute(() -> {
            finish = Optional.of(last);
            failures = 0;
            tryPush();
        });
        return last.done();
    }

    private void tryPush() {
        retry.cancel();
        List<ClosedPart> parts = List.copyOf(pending);
        Map<String, Document> documented = Map.copyOf(documents);
        try {
            List<BranchFile> files = files(parts);
            if (!files.isEmpty()) {
                push.push(files, messages.of(parts, finish.flatMap(Finish::summary)));
            }
            pushed(parts);
            documents.entrySet().removeAll(documented.entrySet());
            documented.values().forEach(document -> document.done().complete(null));
        } catch (BranchMovedException | Error e) {
            broken.completeExceptionally(e);
            finish.ifPresent(last -> last.done().completeExceptionally(e));
        } catch (GitException | IOException | RuntimeException e) {
            failed(e);
        }
    }

    private List<BranchFile> files(List<ClosedPart> parts) throws IOException {
        List<BranchFile> files = new ArrayList<>();
        for (ClosedPart part : parts) {
            files.add(BranchFile.of(part.part().name(), part.file()));
        }
        documents.forEach((name, document) -> files.add(BranchFile.of(name, document.content())));
        finish.flatMap(Finish::summary).map(SummaryFile::of).ifPresent(files::add);
        return files;
    }

    private void pushed(List<ClosedPart> parts) {
        failures = 0;
        pending.removeAll(parts);
        messages.pushed(parts);
        parts.forEach(part -> delete(part.file()));
        idle = true;
        finish.ifPresent(last -> last.done().complete(null));
    }

    /** The branch has it, and the disk of a small machine may need the room. */
    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.accept("cannot delete `" + file + "`, which is pushed: " + e.getMessage());
        }
    }

    private void failed(Exception cause) {
        failures++;
        log.accept("pushing to `" + push.branch() + "` failed, attempt " + failures + ": " + cause.getMessage());
        if (finish.isPresent() && failures >= finish.get().maxAttempts()) {
            finish.get().done().completeExceptionally(cause);
        } else {
            retry = loop.after(backoff.after(failures), this::tryPush);
        }
    }
}
