package io.github.batchferry.localgithub.workflow;

/** The labels of {@code runs-on} that this machine serves. */
public final class RunnerLabels {
    private RunnerLabels() {}

    /** Whether jobs with a label run here. */
    public static boolean serve(String label) {
        return label.matches("(?i)self-hosted|linux|x64|arm64|ubuntu-[a-z0-9.-]+");
    }

    /** What to say of a label that is not served. */
    public static String refusal(String label) {
        return "the embedded GitHub does not support `runs-on: " + label
                + "` yet; it runs ubuntu and self-hosted jobs, on this machine";
    }
}
