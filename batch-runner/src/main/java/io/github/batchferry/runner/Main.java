package io.github.batchferry.runner;

/** Starts the batch runner in a job of GitHub Actions, or of anything that sets the same environment variables. */
public final class Main {
    private Main() {}

    /** Takes no arguments; exits as {@link ExitCode} says. */
    public static void main(String[] arguments) {
        // vendors close idle connections after a while, and a POST on a closed one fails: JDK 17 keeps them for 20
        // minutes
        System.getProperties().putIfAbsent("jdk.httpclient.keepalive.timeout", "20");
        BatchRun run = new BatchRun(ThisProcess.surroundings());
        Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "stop"));
        System.exit(run.run());
    }
}
