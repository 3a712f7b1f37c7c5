package io.github.batchferry.localgithub.checks;

import java.util.List;

/** Where a suite stands, given the latest of its checks. */
final class SuiteOutcome {
    /** The worst first. */
    private static final List<String> CONCLUSIONS =
            List.of("failure", "timed_out", "cancelled", "action_required", "stale", "neutral", "skipped", "success");

    private SuiteOutcome() {}

    static String status(List<CheckRecord> checks) {
        if (checks.isEmpty()) {
            return "queued";
        }
        if (checks.stream().allMatch(check -> check.status().equals("completed"))) {
            return "completed";
        }
        boolean begun = checks.stream().anyMatch(check -> check.status().matches("in_progress|completed"));
        return begun ? "in_progress" : "queued";
    }

    /** The worst of all conclusions; null while one is missing. */
    static String conclusion(List<CheckRecord> checks) {
        if (!status(checks).equals("completed")) {
            return null;
        }
        return CONCLUSIONS.stream()
                .filter(word -> checks.stream().anyMatch(check -> word.equals(check.conclusion())))
                .findFirst()
                .orElse(null);
    }
}
