package io.github.batchferry.localgithub.store;

import io.github.batchferry.localgithub.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps a second embedded GitHub, in this process or another, out of a state directory. The operating system drops the
 * lock when its holder dies.
 */
public final class StateLock implements Closeable {
    private static final Object ONE_AT_A_TIME = new Object();

    private final FileChannel channel;
    private final Path holder;

    private StateLock(FileChannel channel, Path holder) {
        this.channel = channel;
        this.holder = holder;
    }

    /**
     * Takes the lock.
     *
     * @throws StateInUseException if somebody else has it
     */
    public static StateLock acquire(StateDirectory directory) throws IOException {
        Path holder = directory.root().resolve("holder.json");
        // The holder is looked up first: merely closing the lock file would release a lock that this process holds.
        synchronized (ONE_AT_A_TIME) {
            Optional<ProcessRecord> noted = noted(holder);
            if (noted.flatMap(process -> process.find(other -> false)).isPresent()) {
                throw inUse(directory, noted);
            }
            FileChannel channel = FileChannel.open(
                    directory.root().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel, holder)) {
                throw inUse(directory, noted);
            }
            AtomicFile.write(holder, Json.bytes(ProcessRecord.of(ProcessHandle.current())));
            return new StateLock(channel, holder);
        }
    }

    private static boolean lock(FileChannel channel, Path holder) throws IOException {
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This process has it, but its note was lost. The note keeps others out from now on: closing the channel
            // gives the lock back on most systems.
            AtomicFile.write(holder, Json.bytes(ProcessRecord.of(ProcessHandle.current())));
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked;
    }

    private static StateInUseException inUse(StateDirectory directory, Optional<ProcessRecord> holder) {
        return new StateInUseException(
                directory.root(),
                holder.map(process -> OptionalLong.of(process.pid())).orElse(OptionalLong.empty()));
    }

    private static Optional<ProcessRecord> noted(Path holder) {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(holder), ProcessRecord.class));
        } catch (IOException e) {
            return Optional.empty(); // nobody noted, or a file of no use: the lock itself decides
        }
    }

    /** Gives the directory free. */
    @Override
    public void close() throws IOException {
        synchronized (ONE_AT_A_TIME) {
            if (channel.isOpen()) {
                Files.deleteIfExists(holder);
                channel.close();
            }
        }
    }
}
