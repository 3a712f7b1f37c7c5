package io.github.batchferry.provider.cli;

/** Entry point of the program {@code ferry}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        CliContext context = CliContext.ofProcess(System.getenv());
        System.exit(StoppableWork.run(() -> Ferry.run(context, args)));
    }
}
