package io.github.batchferry.localgithub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Files by which a test and the scripts of jobs wait for each other. */
public record Signals(Path folder) {
    /** A script that gives a signal. */
    public String give(String signal) {
        return "touch " + folder.resolve(signal);
    }

    /** A script that waits for a signal. */
    public String await(String signal) {
        return "while [ ! -e " + folder.resolve(signal) + " ]; do sleep 0.05; done";
    }

    /** A script that holds if a signal was given. */
    public String given(String signal) {
        return "test -e " + folder.resolve(signal);
    }

    /** Gives a signal. */
    public void send(String signal) throws IOException {
        Files.createFile(folder.resolve(signal));
    }

    /** Waits for a signal. */
    public void receive(String signal) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(folder.resolve(signal)));
    }
}
