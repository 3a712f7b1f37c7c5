package io.github.batchferry.github.testing;

import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.Dispatched;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.github.PendingDeployment;
import io.github.batchferry.github.Quota;
import io.github.batchferry.github.RepositoryApi;
import io.github.batchferry.github.RepositoryFacts;
import io.github.batchferry.github.RunArtifact;
import io.github.batchferry.github.RunLook;
import io.github.batchferry.github.WorkflowJob;
import io.github.batchferry.github.WorkflowRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One repository on a GitHub in memory, scripted by a test: runs stay {@code queued} until the test moves them on. Run
 * numbers only grow. Thread-safe; the hooks are called without the lock, on the thread that made the call.
 */
public final class FakeGitHub implements ActionsApi, RepositoryApi {
    private final Clock clock;

    // Mutable state, guarded by this
    private final NavigableMap<Long, FakeRun> runs = new TreeMap<>();
    private final List<FakeDispatch> dispatches = new ArrayList<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<Long, List<String>> logs = new HashMap<>();
    private final Map<Long, List<RunArtifact>> artifacts = new HashMap<>();
    private final Map<Long, byte[]> zips = new HashMap<>();
    private final Deque<GitHubException> dispatchFailures = new ArrayDeque<>();
    private final Deque<GitHubException> lookFailures = new ArrayDeque<>();
    private final Deque<GitHubException> listFailures = new ArrayDeque<>();
    private final List<Long> cancelRequests = new ArrayList<>();
    private Function<Map<String, String>, String> runName = inputs -> "llm-batch " + inputs.get("batch_id");
    private Consumer<FakeDispatch> onDispatch = dispatch -> {};
    private Consumer<FakeDispatch> onRerun = dispatch -> {};
    private String defaultBranch = "main";
    private Optional<String> workflowState = Optional.of("active");
    private Optional<RepositoryFacts> facts = Optional.of(new RepositoryFacts("main", false));
    private final Set<String> filesOfOtherBranches = new HashSet<>();
    private List<PendingDeployment> pending = List.of();
    private Optional<Quota> quota = Optional.empty();
    private Optional<String> renamed = Optional.empty();
    private boolean etagsChange;
    private int lists;
    private int countedLooks;
    private int otherCounted;
    private boolean unnamed;
    private boolean cancelIgnored;
    private int dispatchAnswersToLose;
    private int listsWithoutNewestRun;
    private int looks;
    private long lastRunId = 1000;

    /** A repository with the branch {@code main}, no runs and no files. */
    public FakeGitHub(Clock clock) {
        this.clock = clock;
    }

    /** The same on the system's clock. */
    public FakeGitHub() {
        this(Clock.systemUTC());
    }

    @Override
    public Dispatched dispatch(String workflow, String ref, Map<String, String> inputs) throws GitHubException {
        FakeDispatch dispatch;
        Consumer<FakeDispatch> hook;
        synchronized (this) {
            throwNext(dispatchFailures);
            long id = addRun(workflow, runName.apply(inputs), inputs).id();
            dispatch = new FakeDispatch(id, workflow, ref, inputs);
            dispatches.add(dispatch);
            hook = onDispatch;
        }
        hook.accept(dispatch);
        return answer(dispatch.runId());
    }

    private synchronized Dispatched answer(long runId) throws GitHubException {
        if (dispatchAnswersToLose > 0) {
            dispatchAnswersToLose--;
            throw new GitHubUnreachableException(
                    "cannot reach GitHub: connection reset", 0, new IOException("connection reset"));
        }
        return unnamed
                ? new Dispatched.Unnamed()
                : new Dispatched.Run(runId, existing(runId).run().htmlUrl());
    }

    @Override
    public synchronized RunLook run(long runId, Optional<String> etag) throws GitHubException {
        looks++;
        throwNext(lookFailures);
        FakeRun run = existing(runId);
        if (etag.filter(run.etag()::equals).isPresent()) {
            return new RunLook.Unchanged();
        }
        countedLooks++;
        return new RunLook.Changed(run.run(), Optional.of(etagsChange ? "\"other-" + looks + "\"" : run.etag()));
    }

    @Override
    public synchronized List<WorkflowRun> runs(String workflow, int page) throws GitHubException {
        lists++;
        throwNext(listFailures);
        int hidden = listsWithoutNewestRun > 0 ? 1 : 0;
        listsWithoutNewestRun = Math.max(0, listsWithoutNewestRun - 1);
        return runs.descendingMap().values().stream()
                .filter(run -> run.workflow().equals(workflow))
                .map(FakeRun::run)
                .skip(hidden + (page - 1) * 100L)
                .limit(100)
                .toList();
    }

    @Override
    public synchronized List<WorkflowJob> jobsOf(long runId) throws GitHubException {
        otherCounted++;
        return jobs(runId);
    }

    @Override
    public synchronized List<PendingDeployment> pendingDeployments(long runId) throws GitHubException {
        otherCounted++;
        return existing(runId).run().status().equals("waiting") ? pending : List.of();
    }

    @Override
    public synchronized Optional<String> workflowState(String workflow) {
        return workflowState;
    }

    @Override
    public synchronized Optional<RepositoryFacts> repositoryFacts() {
        return facts;
    }

    @Override
    public synchronized boolean hasFile(String path, String ref) {
        return filesOfOtherBranches.contains(ref + ":" + path);
    }

    @Override
    public synchronized Optional<Quota> quota() {
        return quota;
    }

    @Override
    public synchronized void cancel(long runId) throws GitHubException {
        cancelRequests.add(runId);
        if (!existing(runId).run().completed() && !cancelIgnored) {
            finish(runId, "cancelled");
        }
    }

    @Override
    public synchronized void forceCancel(long runId) throws GitHubException {
        if (!existing(runId).run().completed()) {
            finish(runId, "cancelled");
        }
    }

    @Override
    public void rerun(long runId) throws GitHubException {
        FakeDispatch first;
        Consumer<FakeDispatch> hook;
        synchronized (this) {
            FakeRun run = existing(runId);
            if (!run.run().completed()) {
                throw new GitHubException(
                        "cannot re-run run " + runId + ": 403: This workflow is already running", 403);
            }
            update(runId, old -> changed(old, old.attempt() + 1, "queued", Optional.empty()));
            first = new FakeDispatch(runId, run.workflow(), defaultBranch, run.inputs());
            hook = onRerun;
        }
        hook.accept(first);
    }

    @Override
    public synchronized List<RunArtifact> artifacts(long runId, String name) {
        return artifacts.getOrDefault(runId, List.of()).stream()
                .filter(artifact -> artifact.name().equals(name))
                .toList();
    }

    @Override
    public synchronized void download(RunArtifact artifact, Path file) throws GitHubException {
        try {
            Files.write(file, zips.get(artifact.id()));
        } catch (IOException e) {
            throw new GitHubUnreachableException("cannot write " + file, 0, e);
        }
    }

    @Override
    public synchronized String defaultBranch() {
        return defaultBranch;
    }

    @Override
    public synchronized boolean forget() {
        defaultBranch = renamed.orElse(defaultBranch);
        return renamed.isPresent();
    }

    @Override
    public synchronized Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    @Override
    public synchronized List<WorkflowJob> jobs(long runId) throws GitHubException {
        return existing(runId).jobs();
    }

    @Override
    public synchronized List<String> jobLogTail(long jobId, int lines) {
        List<String> all = logs.getOrDefault(jobId, List.of());
        return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** The dispatches taken so far, also those whose answer was lost, oldest first. */
    public synchronized List<FakeDispatch> dispatches() {
        return List.copyOf(dispatches);
    }

    /** Number of looks at runs so far, also failed ones. */
    public synchronized int looks() {
        return looks;
    }

    /** Number of looks that were answered with the run, which GitHub counts; unchanged ones are free. */
    public synchronized int countedLooks() {
        return countedLooks;
    }

    /** Number of calls about jobs and deployments so far. */
    public synchronized int otherCountedCalls() {
        return otherCounted;
    }

    /** Number of pages of runs that were asked for. */
    public synchronized int lists() {
        return lists;
    }

    /** Whether every answer has an ETag of its own, so that no look is free. */
    public synchronized void changeEtags(boolean changing) {
        etagsChange = changing;
    }

    /** Sets what is left of the rate limit. */
    public synchronized void setQuota(Quota left) {
        quota = Optional.of(left);
    }

    /** Sets the workflow's state; empty for no such workflow on the default branch. */
    public synchronized void setWorkflowState(Optional<String> state) {
        workflowState = state;
    }

    /** Sets what the repository is; empty for one that cannot be seen. */
    public synchronized void setRepositoryFacts(Optional<RepositoryFacts> repository) {
        facts = repository;
    }

    /** Puts a file on a branch beside the default branch. */
    public synchronized void putFileOnBranch(String branch, String path) {
        filesOfOtherBranches.add(branch + ":" + path);
    }

    /** Sets what waiting runs wait for. */
    public synchronized void setPendingDeployments(List<PendingDeployment> deployments) {
        pending = List.copyOf(deployments);
    }

    /** The run is gone, as if somebody had deleted it. */
    public synchronized void removeRun(long runId) {
        runs.remove(runId);
    }

    /** The runs for which {@link #cancel} was called, in order. */
    public synchronized List<Long> cancelRequests() {
        return List.copyOf(cancelRequests);
    }

    /** Called for every dispatch, after the run was created and before the answer: a test's runner. */
    public synchronized void onDispatch(Consumer<FakeDispatch> hook) {
        onDispatch = hook;
    }

    /** Called for every rerun, after the new attempt was queued. */
    public synchronized void onRerun(Consumer<FakeDispatch> hook) {
        onRerun = hook;
    }

    /** How a run's name is made of the inputs; at first {@code llm-batch <batch_id>}. */
    public synchronized void nameRuns(Function<Map<String, String>, String> name) {
        runName = name;
    }

    /** Whether dispatches are answered without the run's number (204), as older servers do. */
    public synchronized void answerUnnamed(boolean without) {
        unnamed = without;
    }

    /** The next dispatch creates its run, but its answer does not arrive. */
    public synchronized void loseNextDispatchAnswer() {
        dispatchAnswersToLose++;
    }

    /** The next dispatch is refused and creates no run. */
    public synchronized void failNextDispatch(GitHubException failure) {
        dispatchFailures.add(failure);
    }

    /** The next looks at a run fail. */
    public synchronized void failNextLooks(int count, GitHubException failure) {
        for (int i = 0; i < count; i++) {
            lookFailures.add(failure);
        }
    }

    /** The next lists of runs fail. */
    public synchronized void failNextLists(int count, GitHubException failure) {
        for (int i = 0; i < count; i++) {
            listFailures.add(failure);
        }
    }

    /** The next lists do not show the newest run yet, as lists that lag do. */
    public synchronized void hideNewestRun(int lists) {
        listsWithoutNewestRun = lists;
    }

    /** Whether {@link #cancel} has no effect, so that only {@link #forceCancel} helps. */
    public synchronized void ignoreCancel(boolean ignored) {
        cancelIgnored = ignored;
    }

    /** Names the default branch. */
    public synchronized void setDefaultBranch(String branch) {
        defaultBranch = branch;
    }

    /** The default branch gets another name as soon as a client forgets the one it knows. */
    public synchronized void renameDefaultBranchWhenForgotten(String branch) {
        renamed = Optional.of(branch);
    }

    /** Puts a file on the default branch. */
    public synchronized void putFile(String path, byte[] content) {
        files.put(path, content.clone());
    }

    /** Ends the time of all artifacts. */
    public synchronized void expireArtifacts() {
        artifacts.replaceAll((run, kept) -> kept.stream()
                .map(artifact -> new RunArtifact(artifact.id(), artifact.name(), artifact.sha256(), true))
                .toList());
    }

    /** Has a run keep an artifact; its digest is told as given, whether or not it is that of the zip. */
    public synchronized void putArtifact(long runId, String name, byte[] zip, Optional<String> sha256) {
        RunArtifact artifact = new RunArtifact(++lastRunId, name, sha256, false);
        artifacts.put(runId, List.of(artifact));
        zips.put(artifact.id(), zip.clone());
    }

    /** Adds a queued run that somebody else dispatched. */
    public synchronized WorkflowRun addRun(String workflow, String displayTitle) {
        return addRun(workflow, displayTitle, Map.of());
    }

    /** Moves a run on, such as to {@code in_progress}. */
    public synchronized void setStatus(long runId, String status) {
        update(runId, run -> changed(run, run.attempt(), status, run.conclusion()));
    }

    /** Ends a run, such as with {@code success}. */
    public synchronized void finish(long runId, String conclusion) {
        update(runId, run -> changed(run, run.attempt(), "completed", Optional.of(conclusion)));
    }

    /** Changes a run in any way; its ETag changes too. */
    public synchronized void update(long runId, UnaryOperator<WorkflowRun> change) {
        runs.compute(runId, (id, run) -> run.with(change.apply(run.run())));
    }

    /** Sets the jobs of a run. */
    public synchronized void setJobs(long runId, List<WorkflowJob> jobs) {
        runs.compute(runId, (id, run) -> run.with(jobs));
    }

    /** Sets the log of a job. */
    public synchronized void setJobLog(long jobId, List<String> lines) {
        logs.put(jobId, List.copyOf(lines));
    }

    private WorkflowRun addRun(String workflow, String title, Map<String, String> inputs) {
        long id = ++lastRunId;
        WorkflowRun run = new WorkflowRun(
                id, 1, title, "workflow_dispatch", "queued", Optional.empty(), clock.instant(), page(id));
        runs.put(id, new FakeRun(run, workflow, Map.copyOf(inputs), List.of(), 1));
        return run;
    }

    private FakeRun existing(long runId) throws GitHubNotFoundException {
        FakeRun run = runs.get(runId);
        if (run == null) {
            throw new GitHubNotFoundException("cannot find run " + runId + ": Not Found");
        }
        return run;
    }

    private static URI page(long runId) {
        return URI.create("https://github.example/myorg/eval-runner/actions/runs/" + runId);
    }

    private static WorkflowRun changed(WorkflowRun run, int attempt, String status, Optional<String> conclusion) {
        return new WorkflowRun(
                run.id(), attempt, run.displayTitle(), run.event(), status, conclusion, run.createdAt(), run.htmlUrl());
    }

    private static void throwNext(Deque<GitHubException> failures) throws GitHubException {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
    }
}
