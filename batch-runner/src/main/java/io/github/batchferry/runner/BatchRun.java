package io.github.batchferry.runner;

import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.runner.cost.BudgetCheck;
import io.github.batchferry.runner.cost.PriceTable;
import io.github.batchferry.runner.cost.Unpriced;
import io.github.batchferry.runner.credentials.JobCredentials;
import io.github.batchferry.runner.job.Job;
import io.github.batchferry.runner.job.JobLog;
import io.github.batchferry.runner.job.JobReader;
import io.github.batchferry.runner.job.NextDispatch;
import io.github.batchferry.runner.plan.BatchPlan;
import io.github.batchferry.runner.plan.BatchPlanner;
import io.github.batchferry.runner.publish.EarlierResults;
import io.github.batchferry.runner.publish.EarlierResultsReader;
import io.github.batchferry.runner.publish.ResultsConflictException;
import io.github.batchferry.runner.publish.ResultsFolder;
import io.github.batchferry.runner.publish.WorkDirectory;
import io.github.batchferry.runner.redaction.Redactor;
import io.github.batchferry.runner.requests.RequestFetch;
import io.github.batchferry.runner.requests.RequestFile;
import io.github.batchferry.runner.tally.Tally;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One execution of the batch runner, from the job's environment to the exit code. To be run once. */
public final class BatchRun {
    /** The vendors file, where the workflow puts it in the temporary folder. */
    private static final String VENDORS = "vendors.yaml";

    /** Prices of the runner repository, beside it; there need be none. */
    private static final String PRICES = "prices.json";

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final Redactor redactor = new Redactor(List.of());
    private final JobLog log;
    private final StopSignal stop = new StopSignal();
    private final Instant begun;

    /** Prepares a run; nothing is read or written before {@link #run()}. */
    public BatchRun(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.begun = surroundings.clock().instant();
        this.log = new JobLog(surroundings.out(), redactor);
    }

    /** Does the work and says how it ended, as one of {@link ExitCode}. Never throws; errors go to the log. */
    public int run() {
        try {
            return work();
        } catch (InvalidInputException e) {
            log.error(e.getMessage());
            return ExitCode.BAD_INPUT;
        } catch (StoppedException e) {
            log.line(e.getMessage());
            return ExitCode.STOPPED;
        } catch (GitException | IOException | ResultsConflictException e) {
            log.error(e.getMessage());
            return ExitCode.FAILED;
        } catch (RuntimeException | Error e) {
            log.error("stop for a defect of the batch runner, please report it: " + e);
            List.of(e.getStackTrace()).forEach(frame -> log.line("  at " + frame));
            return ExitCode.FAILED;
        } finally {
            stop.ended();
        }
    }

    /** Makes {@link #run()} push what is answered and end, and waits for that a few seconds. Callable from any thread. */
    public void stop() {
        Timing timing = surroundings.timing();
        stop.request(timing.stopGrace().plus(timing.stopPush()).plus(MARGIN));
    }

    private int work()
            throws InvalidInputException, GitException, IOException, ResultsConflictException, StoppedException {
        Job job = JobReader.read(surroundings.environment());
        log.hide(List.of(job.token()));
        try (Scratch scratch = Scratch.under(job.temporary())) {
            GitRemote remote = surroundings.remotes().open(job, scratch.folder("git"));
            if (job.task() instanceof Job.Answer answer) {
                answer(job, answer.shard(), remote, scratch);
                keepForArtifact(job, answer.shard(), remote);
            } else if (job.task() instanceof Job.Join) {
                join(job, remote, scratch);
                keepForArtifact(job, Shard.WHOLE, remote);
            } else {
                NextDispatch.write(job, surroundings.environment());
            }
            return ExitCode.OK;
        }
    }

    /** The results of a divided batch come together when they are joined. */
    private static void keepForArtifact(Job job, Shard shard, GitRemote remote) throws GitException, IOException {
        if (job.resultsArtifact() && shard.isWhole()) {
            new ResultsFolder(job.temporary()).fill(remote, job.resultsBranch());
        }
    }

    private void answer(Job job, Shard shard, GitRemote remote, Scratch scratch)
            throws InvalidInputException, GitException, IOException, ResultsConflictException, StoppedException {
        if (EconomyAnswering.isFor(job.manifest().options())) {
            EconomyAnswering.requireFit(job.manifest().options());
        }
        PriceTable bundled = PriceTable.bundled();
        Tally tally = new Tally(bundled::date);
        Unpriced unpriced = new Unpriced();
        if (job.manifest().options().maxCostUsd().isPresent()) {
            tally.watchedBy(unpriced);
        }
        // a round trip to GitHub, in which the batch can be planned
        try (WorkDirectory work = WorkDirectory.open(job.workspace(), job.manifest(), shard);
                Ahead<EarlierResults> earlier =
                        Ahead.start("earlier results", () -> readEarlierResults(job, shard, remote, tally));
                JobCredentials credentials = credentials()) {
            Path requests = fetchRequests(job, remote, scratch);
            BatchPlan plan = planBatch(job, requests, credentials);
            PriceTable prices = prices(bundled, job, requests, plan);
            Assignment assignment = new Assignment(job, shard, plan, prices, tally, unpriced);
            answer(assignment, remote, requests, work, earlier.get());
        }
    }

    private void answer(
            Assignment assignment, GitRemote remote, Path requests, WorkDirectory work, EarlierResults earlier)
            throws IOException, GitException, ResultsConflictException, StoppedException, InvalidInputException {
        Job job = assignment.job();
        Tally tally = assignment.tally();
        stopIfRequested();
        if (earlier.complete()) {
            work.remove();
            log.line("nothing to do: `" + job.resultsBranch() + "` holds the complete results already");
            return;
        }
        RunReport report = new RunReport(surroundings.clock(), job, assignment.shard(), log);
        long before = tally.total();
        try (RequestFile file = new RequestFile(requests, assignment.plan().index())) {
            boolean paused = new Answering(surroundings, assignment, redactor, log, stop)
                    .answer(file, earlier, remote, work, job.deadline().left(begun, now()));
            report.ended(tally, paused ? Pause.after(before, tally.total(), job) : Pause.NONE);
        } finally {
            report.write(tally);
        }
    }

    private void join(Job job, GitRemote remote, Scratch scratch)
            throws GitException, IOException, ResultsConflictException {
        Tally tally = new Tally(PriceTable.bundled()::date);
        RunReport report = new RunReport(surroundings.clock(), job, Shard.WHOLE, log);
        try {
            report.ended(tally, new Joining(surroundings, job, tally, log).join(remote, scratch.folder("parts")));
        } finally {
            report.write(tally);
        }
    }

    private Instant now() {
        return surroundings.clock().instant();
    }

    private Path fetchRequests(Job job, GitRemote remote, Scratch scratch)
            throws InvalidInputException, GitException, IOException, StoppedException {
        Path requests = scratch.file("requests.jsonl");
        new RequestFetch(remote).fetch(job.prompts(), job.manifest(), requests);
        stopIfRequested();
        return requests;
    }

    private JobCredentials credentials() {
        return new JobCredentials(
                surroundings.environment(),
                surroundings.transport()::send,
                surroundings.clock(),
                log::mask,
                redactor::errorText);
    }

    private BatchPlan planBatch(Job job, Path requests, JobCredentials credentials)
            throws InvalidInputException, IOException, StoppedException {
        BatchPlan plan = new BatchPlanner(surroundings.adapters(), surroundings.transport(), credentials)
                .plan(job.manifest(), requests, job.temporary().resolve(VENDORS));
        log.hide(plan.secrets());
        stopIfRequested();
        return plan;
    }

    /** The prices, once they are known to be enough for the budget. */
    private PriceTable prices(PriceTable bundled, Job job, Path requests, BatchPlan plan)
            throws InvalidInputException, IOException {
        PriceTable prices = bundled.overriddenBy(job.temporary().resolve(PRICES), BatchFiles.PRICES);
        Optional<BigDecimal> budget = job.manifest().options().maxCostUsd();
        if (budget.isPresent()) {
            BudgetCheck check = new BudgetCheck(budget.get(), prices, BatchFiles.PRICES);
            try (RequestFile file = new RequestFile(requests, plan.index())) {
                for (int number = 0; number < plan.index().size(); number++) {
                    check.look(
                            plan.vendors().get(file.vendor(number)).config(),
                            file.load(number).model());
                }
            }
            check.throwIfAny();
        }
        return prices;
    }

    private static EarlierResults readEarlierResults(Job job, Shard shard, GitRemote remote, Tally tally)
            throws GitException, IOException, ResultsConflictException {
        return new EarlierResultsReader(job.manifest(), tally)
                .read(remote, job.resultsBranch(), shard, job.branch(shard));
    }

    private void stopIfRequested() throws StoppedException {
        if (stop.isRequested()) {
            throw new StoppedException("stopped before the first request was sent");
        }
    }
}
