package io.github.batchferry.provider.setup;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubRest;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.workflow.WorkflowStamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which vendors there are, and whether the keys they need reach the batch runner and nobody else. */
final class KeyChecks {
    private final Target.GitHubActions target;
    private final RunnerRepository repository;
    private final RunnerEnvironment environment;
    private final List<Finding> findings = new ArrayList<>();

    KeyChecks(GitHubRest rest, Target.GitHubActions target) {
        this.target = target;
        this.repository = new RunnerRepository(rest);
        this.environment = new RunnerEnvironment(rest);
    }

    List<Finding> run(String branch) throws GitHubException {
        Optional<byte[]> vendors = repository.file(BatchFiles.VENDORS);
        if (vendors.isEmpty()) {
            return List.of(Finding.fail(
                    "vendors",
                    "no " + BatchFiles.VENDORS + " on branch " + branch,
                    "ferry init-runner " + target.repository()));
        }
        try {
            Set<String> keys = VendorKeys.of(BatchFiles.VENDORS, vendors.get());
            findings.add(
                    Finding.ok("vendors", keys.isEmpty() ? "none needs a key" : "need " + String.join(", ", keys)));
            handedOver(keys);
            secrets(keys);
        } catch (InvalidInputException e) {
            findings.add(Finding.fail(
                    "vendors", e.problems().get(0).toString(), "mend " + BatchFiles.VENDORS + " on branch " + branch));
        }
        environment(branch);
        return findings;
    }

    /** A secret that the workflow does not name reaches nobody. */
    private void handedOver(Set<String> keys) throws GitHubException {
        Optional<byte[]> workflow = repository.file(".github/workflows/" + target.workflow());
        if (workflow.isEmpty()) {
            return;
        }
        Set<String> passed = WorkflowStamp.of(new String(workflow.get(), StandardCharsets.UTF_8))
                .keys();
        keys.stream()
                .filter(key -> !passed.contains(key))
                .map(key -> Finding.fail(
                        "key " + key,
                        "the workflow has no line for it under env: of its last step",
                        "ferry init-runner " + target.repository()))
                .forEach(findings::add);
    }

    private void secrets(Set<String> keys) throws GitHubException {
        if (keys.isEmpty()) {
            return;
        }
        Optional<Set<String>> inside = repository.environmentSecrets(RunnerEnvironment.NAME);
        Optional<Set<String>> outside = repository.repositorySecrets();
        for (String key : keys) {
            findings.add(secret(key, inside, outside));
        }
    }

    private Finding secret(String key, Optional<Set<String>> inside, Optional<Set<String>> outside) {
        String set = "gh secret set " + key + " --repo " + target.repository() + " --env " + RunnerEnvironment.NAME;
        String what = "secret " + key;
        if (outside.orElse(Set.of()).contains(key)) {
            return Finding.warn(
                    what,
                    "kept for the whole repository: a workflow on any branch gets it",
                    set + ", then: gh secret delete " + key + " --repo " + target.repository());
        }
        if (inside.orElse(Set.of()).contains(key)) {
            return Finding.ok(what, "set in environment " + RunnerEnvironment.NAME);
        }
        return inside.isPresent() && outside.isPresent()
                ? Finding.fail(what, "not set", set)
                : Finding.warn(what, "not known: the token may not see which secrets there are", set);
    }

    private void environment(String branch) throws GitHubException {
        String what = "environment";
        String restrict = "ferry init-runner " + target.repository();
        String name = RunnerEnvironment.NAME;
        findings.add(
                switch (environment.state(branch)) {
                    case RESTRICTED -> Finding.ok(what, name + ", for branch " + branch + " only");
                    case OPEN -> Finding.warn(what, name + " lets every branch in", restrict);
                    case MISSING -> Finding.warn(what, "no " + name, restrict);
                    case OWN_RULES ->
                        Finding.warn(
                                what,
                                name + " has rules of its own",
                                "see that it lets branch " + branch + " in and no other");
                    case UNSEEN -> Finding.warn(what, "the token may not see " + name, "ask who administers it");
                });
    }
}
