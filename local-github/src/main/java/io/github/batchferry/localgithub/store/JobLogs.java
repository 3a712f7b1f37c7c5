package io.github.batchferry.localgithub.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log of a job on disk, one file for each step; the log of the whole job is all of them one after the other.
 *
 * @param folder of the files; it need not exist yet
 */
public record JobLogs(Path folder) {
    private static final Pattern FILE = Pattern.compile("(\\d{3,9})\\.txt");

    /** Numbers of the steps that have said anything, in order. */
    public List<Integer> steps() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(file -> Integer.valueOf(file.group(1)))
                    .sorted()
                    .toList();
        }
    }

    /** Length of the whole log in bytes; it grows while the job runs. */
    public long size() throws IOException {
        long size = 0;
        for (int step : steps()) {
            size += Files.size(file(step));
        }
        return size;
    }

    /** The whole log as it is now. */
    public InputStream open() throws IOException {
        List<InputStream> parts = new ArrayList<>();
        try {
            for (int step : steps()) {
                parts.add(Files.newInputStream(file(step)));
            }
        } catch (IOException e) {
            new SequenceInputStream(Collections.enumeration(parts)).close();
            throw e;
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /** Length of one step's log in bytes; 0 if it has said nothing. */
    public long size(int step) throws IOException {
        Path file = file(step);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /**
     * One step's log; empty if it has said nothing.
     *
     * @param from how many bytes to leave out, for a reader that has them already
     */
    public InputStream open(int step, long from) throws IOException {
        Path file = file(step);
        if (!Files.exists(file)) {
            return InputStream.nullInputStream();
        }
        SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ);
        return Channels.newInputStream(channel.position(Math.max(0, from)));
    }

    /** Opens the file of a step at its end; it is created if need be. */
    public OutputStream append(int step) throws IOException {
        Files.createDirectories(folder);
        return Files.newOutputStream(file(step), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path file(int step) {
        return folder.resolve("%03d.txt".formatted(step));
    }
}
