package io.github.batchferry.runner.publish;

import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchMovedException;
import io.github.batchferry.git.GitAuthenticationException;
import io.github.batchferry.git.GitException;
import io.github.batchferry.runner.engine.Backoff;
import io.github.batchferry.runner.loop.EventLoop;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.RunProgress;
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
import java.util.function.Supplier;

/**
 * Pushes closed parts in the background, several in one commit where they wait. Failed pushes are tried again for as long as
 * the batch goes on, but for those that were refused for want of a right, which no time mends; nothing waits for them before
 * {@link #finish}. A part is pushed once and never changed.
 */
public final class Publisher {
    /** Most bytes of parts in one push: GitHub refuses pushes of more than 2 GiB. */
    private static final long MAX_PUSH_BYTES = 1L << 30;

    private static final int REFUSALS = 2;

    private final EventLoop loop;
    private final ResultsPush push;
    private final Backoff backoff;
    private final CommitMessages messages;
    private final Supplier<RunProgress> progress;
    private final Consumer<String> log;
    private final CompletableFuture<Void> broken = new CompletableFuture<>();

    // Mutable state, on the loop
    private final List<ClosedPart> pending = new ArrayList<>();
    private final Map<String, Document> documents = new LinkedHashMap<>();
    private EventLoop.Timer retry = () -> {};
    private int failures;
    private int refusals;
    private Optional<Finish> finish = Optional.empty();

    // Mutable state, seen from other threads
    private volatile boolean idle = true;

    private record Finish(
            Optional<BatchSummary> summary, RunProgress progress, int maxAttempts, CompletableFuture<Void> done) {}

    /** A file that is replaced as a whole, and who waits for it to be on the branch. */
    private record Document(byte[] content, CompletableFuture<Void> done) {}

    /**
     * @param loop a thread of its own: pushing blocks it
     * @param progress goes with each push before the last; called on the loop
     * @param log takes one line for each push that failed
     */
    public Publisher(
            EventLoop loop,
            ResultsPush push,
            Backoff backoff,
            CommitMessages messages,
            Supplier<RunProgress> progress,
            Consumer<String> log) {
        this.loop = loop;
        this.push = push;
        this.backoff = backoff;
        this.messages = messages;
        this.progress = progress;
        this.log = log;
    }

    /** Does in the background what the first push needs and what can be done before it. Callable from any thread. */
    public void prepare() {
        loop.execute(push::prepare);
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

    /**
     * Fails as soon as pushing on has no sense, because somebody else moved the branch or the token may not push; never
     * succeeds.
     */
    public CompletableFuture<Void> broken() {
        return broken;
    }

    /**
     * Pushes what is left and, in the last commit, the last progress and the summary.
     *
     * @param summary the summary of a complete batch; empty where it is not complete
     * @param last what this attempt says at its end
     * @param maxAttempts tries before the future fails with the cause
     */
    public CompletableFuture<Void> finish(Optional<BatchSummary> summary, RunProgress last, int maxAttempts) {
        Finish ending = new Finish(summary, last, maxAttempts, new CompletableFuture<>());
        loop.execute(() -> {
            finish = Optional.of(ending);
            failures = 0;
            tryPush();
        });
        return ending.done();
    }

    private void tryPush() {
        retry.cancel();
        List<ClosedPart> parts = next();
        Map<String, Document> documented = Map.copyOf(documents);
        boolean all = parts.size() == pending.size();
        Optional<Finish> ending = all ? finish : Optional.empty();
        try {
            List<BranchFile> files = files(parts, ending);
            if (!files.isEmpty()) {
                push.push(files, messages.of(parts, ending.flatMap(Finish::summary)));
            }
            documents.entrySet().removeAll(documented.entrySet());
            documented.values().forEach(document -> document.done().complete(null));
            pushed(parts, ending);
        } catch (BranchMovedException | Error e) {
            giveUp(e);
        } catch (GitAuthenticationException e) {
            refused(e);
        } catch (GitException | IOException | RuntimeException e) {
            failed(e);
        }
    }

    /** As many of the parts that wait as one push takes, at least one. */
    private List<ClosedPart> next() {
        List<ClosedPart> next = new ArrayList<>();
        long bytes = 0;
        for (ClosedPart part : pending) {
            bytes += part.part().bytes();
            if (!next.isEmpty() && bytes > MAX_PUSH_BYTES) {
                break;
            }
            next.add(part);
        }
        return next;
    }

    private List<BranchFile> files(List<ClosedPart> parts, Optional<Finish> ending) throws IOException {
        List<BranchFile> files = new ArrayList<>();
        for (ClosedPart part : parts) {
            files.add(BranchFile.of(part.part().name(), part.file()));
        }
        documents.forEach((name, document) -> files.add(BranchFile.of(name, document.content())));
        ending.flatMap(Finish::summary).map(SummaryFile::of).ifPresent(files::add);
        if (ending.isPresent() || !files.isEmpty()) {
            files.add(Heartbeat.file(ending.map(Finish::progress).orElseGet(progress)));
        }
        return files;
    }

    private void pushed(List<ClosedPart> parts, Optional<Finish> ending) {
        failures = 0;
        refusals = 0;
        pending.removeAll(parts);
        messages.pushed(parts);
        parts.forEach(part -> delete(part.file()));
        idle = pending.isEmpty();
        ending.ifPresent(last -> last.done().complete(null));
        if (!idle) {
            loop.execute(this::tryPush);
        }
    }

    /** The branch has it, and the disk of a small machine may need the room. */
    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.accept("cannot delete `" + file + "`, which is pushed: " + e.getMessage());
        }
    }

    /** A token that was refused twice has not the right: trying for hours would lose what is paid for meanwhile. */
    private void refused(GitAuthenticationException cause) {
        refusals++;
        if (refusals >= REFUSALS) {
            log.accept("pushing to `" + push.branch() + "` was refused again: " + cause.getMessage());
            giveUp(new GitAuthenticationException(cause.getMessage()
                    + "; give the job `permissions: contents: write` and allow it in the settings of the repository"));
        } else {
            failed(cause);
        }
    }

    private void giveUp(Throwable cause) {
        broken.completeExceptionally(cause);
        finish.ifPresent(last -> last.done().completeExceptionally(cause));
    }

    private void failed(Exception cause) {
        failures++;
        log.accept("pushing to `" + push.branch() + "` failed, attempt " + failures + ": " + cause.getMessage());
        if (finish.isPresent() && failures >= finish.get().maxAttempts()) {
            finish.get().done().completeExceptionally(cause);
        } else {
            retry = loop.after(backoff.after(failures, Optional.empty()), this::tryPush);
        }
    }
}
