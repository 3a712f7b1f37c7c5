package io.github.batchferry.wire.problem;

import java.util.Objects;

/**
 * One finding of validation and where it was made. Its text form is {@code file:line path: message}, the form compilers
 * use, so that editors and terminals can jump to it.
 *
 * @param file name of the input as the user wrote it, {@code -} for standard input
 * @param line line in that file, counted from 1; 0 when the finding concerns the whole file
 * @param path JSON path inside the line or document, such as {@code $.body.model}; empty when there is none
 * @param message what was found and what was expected, lower-case and without a full stop
 */
public record Problem(String file, long line, String path, String message) {
    public Problem {
        Objects.requireNonNull(file, "file is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(message, "message is null");
    }

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line : file;
        return path.isEmpty() ? place + ": " + message : place + " " + path + ": " + message;
    }
}
