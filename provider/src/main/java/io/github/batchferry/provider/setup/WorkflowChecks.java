package io.github.batchferry.provider.setup;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRest;
import io.github.batchferry.github.RestReply;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.workflow.RunnerRepositoryFiles;
import io.github.batchferry.workflow.WorkflowStamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The workflow and the batch runner it starts, both on the default branch. */
final class WorkflowChecks {
    private final GitHubRest rest;
    private final Target.GitHubActions target;
    private final RunnerRepository repository;
    private final String install;

    WorkflowChecks(GitHubRest rest, Target.GitHubActions target) {
        this.rest = rest;
        this.target = target;
        this.repository = new RunnerRepository(rest);
        this.install = "ferry init-runner " + target.repository();
    }

    /** What GitHub knows of the workflow. */
    RestReply look() throws GitHubException {
        String file = target.workflow();
        return rest.get("read workflow `" + file + "`", "/actions/workflows/" + RunnerRepository.path(file));
    }

    /**
     * @param reply the {@link #look}
     * @param branch the default branch
     */
    List<Finding> of(RestReply reply, String branch) throws GitHubException {
        String file = target.workflow();
        if (reply.is(404)) {
            return List.of(Finding.fail("workflow", "no .github/workflows/" + file + " on branch " + branch, install));
        }
        if (!reply.is(200)) {
            return List.of(Finding.warn(
                    "workflow", "not seen: " + reply.refusal().getMessage(), "give the token actions:read"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(state(reply.json().path("state").asText()));
        Optional<byte[]> text = repository.file(".github/workflows/" + file);
        if (text.isPresent()) {
            WorkflowStamp stamp = WorkflowStamp.of(new String(text.get(), StandardCharsets.UTF_8));
            findings.add(version(stamp));
            findings.add(jar(stamp));
        }
        return findings;
    }

    private Finding state(String state) {
        return state.equals("active")
                ? Finding.ok("workflow", target.workflow() + " is active")
                : Finding.fail(
                        "workflow",
                        target.workflow() + " is " + state.replace('_', ' '),
                        "gh workflow enable " + target.workflow() + " --repo " + target.repository());
    }

    private Finding version(WorkflowStamp stamp) {
        Optional<String> ours = WorkflowStamp.of(new String(RunnerRepositoryFiles.workflow(), StandardCharsets.UTF_8))
                .version();
        if (stamp.version().equals(ours)) {
            return Finding.ok("version", stamp.version().orElse("") + ", as this ferry's");
        }
        String theirs = stamp.version()
                .map(version -> "of " + version)
                .orElse("without a version, older than this ferry or not its own");
        return Finding.warn(
                "version", "the workflow is " + theirs + "; this ferry is " + ours.orElse("unknown"), install);
    }

    private Finding jar(WorkflowStamp stamp) throws GitHubException {
        Optional<byte[]> jar = repository.file(BatchFiles.RUNNER_JAR);
        if (jar.isEmpty()) {
            return Finding.fail("runner", "no " + BatchFiles.RUNNER_JAR, install);
        }
        String sha256 = RunnerRepositoryFiles.sha256(jar.get());
        if (stamp.runnerSha256().isEmpty()) {
            return Finding.warn(
                    "runner",
                    "the workflow names no sha-256, and starts whatever " + BatchFiles.RUNNER_JAR + " is",
                    install);
        }
        return stamp.runnerSha256().get().equals(sha256)
                ? Finding.ok("runner", "sha-256 " + sha256.substring(0, 12) + "…, as the workflow names")
                : Finding.fail(
                        "runner",
                        BatchFiles.RUNNER_JAR + " has sha-256 " + sha256.substring(0, 12) + "…, the workflow starts "
                                + stamp.runnerSha256().get().substring(0, 12) + "… only",
                        install);
    }
}
