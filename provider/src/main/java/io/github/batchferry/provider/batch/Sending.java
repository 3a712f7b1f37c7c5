package io.github.batchferry.provider.batch;

import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.provider.batch.DispatchRefusedException.Reason;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.journal.LockedBatch;
import io.github.batchferry.wire.PromptsArtifact;
import java.io.IOException;

/** The steps deliver and dispatch; requests that turn out to be too large for the dispatch go on the requests branch. */
final class Sending {
    private final Delivery delivery;
    private final Dispatch dispatch;

    Sending(Delivery delivery, Dispatch dispatch) {
        this.delivery = delivery;
        this.dispatch = dispatch;
    }

    /** Sees to it that the requests are delivered and the dispatch is taken. */
    void enter(LockedBatch batch, RunnerConnection runner)
            throws GitHubException, GitException, IOException, InterruptedException {
        PromptsArtifact requests = delivery.enter(batch, runner.git());
        try {
            dispatch.enter(batch, runner, requests);
        } catch (DispatchRefusedException e) {
            if (e.reason() != Reason.TOO_LARGE || !(requests instanceof PromptsArtifact.Inline)) {
                throw e;
            }
            dispatch.enter(batch, runner, delivery.onBranch(batch, runner.git()));
        }
    }
}
