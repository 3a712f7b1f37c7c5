package io.github.batchferry.runner.job;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.PromptsArtifact;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the workflow asks of this program, and where.
 *
 * @param manifest header of the batch
 * @param prompts where its requests are
 * @param resultsBranch where its responses go
 * @param repository address of the repository the job belongs to, for git over HTTP
 * @param token what lets the job push; a secret
 * @param runId GitHub's number of the run
 * @param runAttempt which attempt of the run this is, counted from 1
 * @param workspace folder that may outlive the job on a machine of one's own
 * @param temporary folder that does not
 * @param summaryPage file whose Markdown GitHub shows with the run; absent on servers without that feature
 */
public record Job(
        BatchManifest manifest,
        PromptsArtifact prompts,
        BranchName resultsBranch,
        URI repository,
        String token,
        long runId,
        int runAttempt,
        Path workspace,
        Path temporary,
        Optional<Path> summaryPage) {
    /** Everything but the token and the prompts. */
    @Override
    public String toString() {
        return "batch " + manifest.batchId() + ", attempt " + runAttempt + " of run " + runId;
    }
}
