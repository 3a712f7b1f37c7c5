package io.github.batchferry.github;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * An answer of GitHub whose body is still to be read.
 *
 * @param status HTTP status
 * @param body fails when it is read after the request's deadline
 */
record GitHubAnswer(int status, HttpHeaders headers, InputStream body) implements Closeable {
    /** No JSON of the calls made here comes near it: a hundred runs are about two megabytes. */
    private static final int LONGEST_JSON_BYTES = 32 << 20;

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Reads a body that is meant for memory. */
    byte[] bytes() throws IOException {
        byte[] all = body.readNBytes(LONGEST_JSON_BYTES + 1);
        if (all.length > LONGEST_JSON_BYTES) {
            throw new IOException("the answer is longer than " + LONGEST_JSON_BYTES + " bytes");
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
