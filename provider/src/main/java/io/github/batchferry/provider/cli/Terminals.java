package io.github.batchferry.provider.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether people look at the output streams of this process. Java can only tell that standard input and output are both
 * terminals; where the system shows what a stream is connected to, that is believed instead.
 *
 * @param out standard output
 * @param err standard error
 */
record Terminals(boolean out, boolean err) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static Terminals ofProcess() {
        if (Files.isDirectory(DESCRIPTORS)) {
            return new Terminals(isTerminal(DESCRIPTORS.resolve("1")), isTerminal(DESCRIPTORS.resolve("2")));
        }
        boolean console = System.console() != null;
        return new Terminals(console, console);
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
