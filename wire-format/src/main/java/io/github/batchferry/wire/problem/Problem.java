package io.github.batchferry.wire.problem;

import java.util.Objects;

/**
 * One finding of validation and where it was made. Its text form is {@code file:line path: message}, the form compilers
 * use, so that editors and terminals can jump to it.
 *
 * @param file name of the input as the user wrote it, {@code -} for standard input
 * @param line line in that file, counted from 1; 0 when the finding concerns the whole file
 * @param path JSON path inside the line or document, such as {@code $.body.model}; empty when there is none; its first 200
 *     characters are kept
 * @param message what was found and what was expected, lower-case and without a full stop; its first 2,000 characters are
 *     kept, because a value found may be as long as the input
 */
public record Problem(String file, long line, String path, String message) {
    private static final int LONGEST_PATH = 200;
    private static final int LONGEST_MESSAGE = 2000;

    public Problem {
        Objects.requireNonNull(file, "file is null");
        path = shortened(path, LONGEST_PATH);
        message = shortened(message, LONGEST_MESSAGE);
    }

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line : file;
        return path.isEmpty() ? place + ": " + message : place + " " + path + ": " + message;
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
