package io.github.batchferry.provider.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A batch that this client alone writes to. The lock is the operating system's, so it ends with the process however that
 * ends. Not thread-safe.
 */
public final class LockedBatch implements Closeable {
    private final BatchJournal batch;
    private final FileChannel lock;
    private final EventLog log;
    private final Runnable onClose;

    // Mutable state
    private BatchProgress progress;

    private LockedBatch(BatchJournal batch, FileChannel lock, EventLog log, Runnable onClose) throws IOException {
        this.batch = batch;
        this.lock = lock;
        this.log = log;
        this.onClose = onClose;
        log.mend();
        this.progress = batch.progress();
    }

    static LockedBatch lock(BatchJournal batch, Path lockFile, EventLog log, Runnable onClose) throws IOException {
        FileChannel channel = PrivateFiles.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new BatchInUseException(batch.id());
            }
            return new LockedBatch(batch, channel, log, onClose);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new BatchInUseException(batch.id());
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** The batch that is locked. */
    public BatchJournal journal() {
        return batch;
    }

    /** How far the batch has come, events appended here included. */
    public BatchProgress progress() {
        return progress;
    }

    /** Appends an event; it is on the disk when this returns. */
    public void append(JournalEvent event) throws IOException {
        BatchProgress next = progress.after(event);
        log.append(event);
        progress = next;
    }

    /** Lets others write to the batch. */
    @Override
    public void close() throws IOException {
        if (lock.isOpen()) {
            lock.close();
            onClose.run();
        }
    }
}
