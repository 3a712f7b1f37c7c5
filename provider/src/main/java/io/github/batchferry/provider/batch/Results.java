package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchSnapshot;
import io.github.batchferry.git.GitException;
import io.github.batchferry.git.GitRemote;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.wire.BatchFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Fetches the results branch of a batch. */
final class Results {
    /** How long the branch may trail behind a run that succeeded. */
    private static final Duration LAG = Duration.ofSeconds(60);

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final Clock clock;
    private final Pause pause;

    Results(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** The branch that receives the responses of a batch. */
    static BranchName branch(BatchJournal batch) throws IOException {
        return new BranchName(BatchFiles.resultsBranch(batch.target().resultsPrefix(), batch.id()));
    }

    /** Whether the tip of the branch says that it is complete. */
    static boolean complete(BranchSnapshot results) {
        return results.paths().contains(BatchFiles.SUMMARY);
    }

    /**
     * Fetches the branch; the caller closes it.
     *
     * @param promised whether the run succeeded, so that complete results that do not show yet are waited for
     * @return empty if there is no such branch
     */
    Optional<BranchSnapshot> fetch(BatchJournal batch, GitRemote git, boolean promised)
            throws GitException, IOException, InterruptedException {
        Instant giveUp = clock.instant().plus(LAG);
        while (true) {
            Optional<BranchSnapshot> results = git.fetch(branch(batch));
            boolean waiting = promised && results.filter(Results::complete).isEmpty();
            if (!waiting || !clock.instant().isBefore(giveUp)) {
                return results;
            }
            if (results.isPresent()) {
                results.get().close();
            }
            pause.await(BETWEEN);
        }
    }
}
