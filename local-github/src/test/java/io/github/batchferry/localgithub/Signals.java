package io.github.batchferry.localgithub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Files by which a test and the scripts of jobs wait for each other. */
record Signals(Path folder) {
    /** A script that gives a signal. */
    String give(String signal) {
        return "touch " + folder.resolve(signal);
    }

    /** A script that waits for a signal. */
    String await(String signal) {
        return "while [ ! -e " + folder.resolve(signal) + " ]; do sleep 0.05; done";
    }

    /** A script that holds if a signal was given. */
    String given(String signal) {
        return "test -e " + folder.resolve(signal);
    }

    /** Gives a signal. */
    void send(String signal) throws IOException {
        Files.createFile(folder.resolve(signal));
    }

    /** Waits for a signal. */
    void receive(String signal) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve(signal)));
    }
}
