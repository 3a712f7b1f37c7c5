package io.github.batchferry.provider.batch;

import io.github.batchferry.github.ActionsApi;
import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.RunLook;
import io.github.batchferry.github.WorkflowRun;
import io.github.batchferry.wire.BatchId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stops a run: asks it to stop, gives it a minute to push what it has, and then ends it by force. What a request to stop
 * answers says little, since a run may end in that very moment; the run itself is looked at before anything is believed.
 */
final class Stopping {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration AFTER_FORCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Clock clock;
    private final Pause pause;
    private final BatchListener listener;

    Stopping(Clock clock, Pause pause, BatchListener listener) {
        this.clock = clock;
        this.pause = pause;
        this.listener = listener;
    }

    /**
     * How a run was stopped.
     *
     * @param run as it was seen last
     * @param forced whether it had to be ended by force
     */
    record Stopped(WorkflowRun run, boolean forced) {}

    /**
     * Stops a run that is under way.
     *
     * @throws GitHubException if GitHub does not let it be stopped, and it goes on
     */
    Stopped stop(BatchId batch, ActionsApi actions, WorkflowRun run) throws GitHubException, InterruptedException {
        request(actions, run, actions::cancel);
        WorkflowRun seen = await(batch, actions, run, GRACE);
        if (seen.completed()) {
            return new Stopped(seen, false);
        }
        request(actions, seen, actions::forceCancel);
        return new Stopped(await(batch, actions, seen, AFTER_FORCE), true);
    }

    @FunctionalInterface
    private interface Request {
        void send(long runId) throws GitHubException;
    }

    /** Whether the request itself failed matters only to a run that goes on. */
    private static void request(ActionsApi actions, WorkflowRun run, Request request) throws GitHubException {
        try {
            request.send(run.id());
        } catch (GitHubException e) {
            if (!over(actions, run)) {
                throw e;
            }
        }
    }

    private static boolean over(ActionsApi actions, WorkflowRun run) {
        try {
            return actions.run(run.id(), Optional.empty()) instanceof RunLook.Changed now
                    && now.run().completed();
        } catch (GitHubException e) {
            return false;
        }
    }

    private WorkflowRun await(BatchId batch, ActionsApi actions, WorkflowRun run, Duration longest)
            throws GitHubException, InterruptedException {
        Instant end = clock.instant().plus(longest);
        WorkflowRun seen = run;
        Optional<String> etag = Optional.empty();
        while (true) {
            try {
                if (actions.run(run.id(), etag) instanceof RunLook.Changed now) {
                    seen = now.run();
                    etag = now.etag();
                }
            } catch (GitHubAuthenticationException e) {
                throw e;
            } catch (GitHubException e) {
                listener.lookFailed(batch, e.getMessage(), BETWEEN);
            }
            if (seen.completed() || !clock.instant().isBefore(end)) {
                return seen;
            }
            pause.await(BETWEEN);
        }
    }
}
