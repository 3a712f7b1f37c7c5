package io.github.batchferry.runner;

/** Starts the batch runner in a job of GitHub Actions, or of anything that sets the same environment variables. */
public final class Main {
    private Main() {}

    /** Takes no arguments; exits as {@link ExitCode} says. */
    public static void main(String[] arguments) {
        // vendors close idle connections after a while, and a POST on a closed one fails: JDK 17 keeps them for 20
        // minutes
        System.getProperties().putIfAbsent("jdk.httpclient.keepalive.timeout", "20");
        // each call under way holds a buffer or two, of 16 KB by default: far more than most answers
        System.getProperties().putIfAbsent("jdk.httpclient.bufsize", "4096");
        Surroundings surroundings = ThisProcess.surroundings();
        BatchRun run = new BatchRun(surroundings);
        Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "stop"));
        int code = run.run();
        surroundings.transport().close();
        System.exit(code);
    }
}
