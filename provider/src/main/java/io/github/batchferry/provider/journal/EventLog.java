package io.github.batchferry.provider.journal;

import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The file of events, one a line. A last line without its line break was cut off by a kill and counts as not written. */
final class EventLog {
    private final Path file;

    EventLog(Path file) {
        this.file = file;
    }

    List<JournalEvent> read() throws IOException {
        List<JournalEvent> events = new ArrayList<>();
        try (JsonlReader reader = new JsonlReader(Files.newInputStream(file))) {
            for (Optional<JsonlLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (line.get().terminated()) {
                    events.add(event(line.get()));
                }
            }
        }
        return events;
    }

    /** Drops what was cut off, so that the next event begins a line of its own. */
    void mend() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            long end = log.length();
            while (end > 0 && !endsLine(log, end)) {
                end--;
            }
            if (end < log.length()) {
                log.setLength(end);
            }
        }
    }

    /** Appends an event and returns once the disk has it. */
    void append(JournalEvent event) throws IOException {
        byte[] json = JournalEventCodec.write(event);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                log.write(bytes);
            }
            log.force(true);
        }
    }

    private JournalEvent event(JsonlLine line) throws IOException {
        try {
            return JournalEventCodec.read(line.bytes());
        } catch (MalformedJsonException e) {
            throw new IOException(
                    "cannot read `" + file + "` line " + line.number() + ": " + e.getMessage()
                            + "; move the folder of the batch away to go on without it",
                    e);
        }
    }

    private static boolean endsLine(RandomAccessFile log, long end) throws IOException {
        log.seek(end - 1);
        return log.read() == '\n';
    }
}
