package io.github.batchferry.runner.publish;

import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.Shard;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where responses lie until they are pushed: {@code .batchferry/<batch-id>-<start of the requests' sha-256>} in the job's
 * workspace, for a shard with {@code .shard-<number>} behind it. It outlives a killed process, and on a machine of one's own the job, so that the next attempt finds what was
 * answered but not pushed. One process at a time, which the file {@code <name of the directory>.lock} beside it sees to.
 */
public final class WorkDirectory implements Closeable {
    private static final String LEFT_OVER = "left-over";

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    private WorkDirectory(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Makes or finds the directory and keeps other processes out until it is closed. To be done before the results branch is
     * read: what another process still pushes while it holds the directory would be asked and paid for again.
     *
     * @throws IOException also if another process works in it
     */
    public static WorkDirectory open(Path workspace, BatchManifest manifest, Shard shard) throws IOException {
        String digest = manifest.requestsSha256().value().substring(0, 12);
        String name = manifest.batchId() + "-" + digest + (shard.isWhole() ? "" : ".shard-" + shard.number());
        Path folder = workspace.resolve(".batchferry").resolve(name);
        Path lockFile = folder.resolveSibling(name + ".lock");
        Files.createDirectories(folder.getParent());
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(lock)) {
            lock.close();
            throw new IOException("another batch runner is answering this batch in `" + folder
                    + "`: wait for it, or end it and re-run the job");
        }
        Files.createDirectories(folder.resolve(LEFT_OVER));
        return new WorkDirectory(folder, lockFile, lock);
    }

    /** Where to keep new parts. */
    public Path folder() {
        return folder;
    }

    /**
     * The files that a killed attempt left behind, oldest first. They are set aside, so that new parts may take their names,
     * and stay until {@link #forgetLeftOver()}, so that being killed meanwhile loses nothing.
     */
    public List<Path> leftOver() throws IOException {
        for (Path part : parts(folder)) {
            Files.move(part, unused(part.getFileName().toString()));
        }
        return list(folder.resolve(LEFT_OVER));
    }

    /** Deletes what was set aside, once it is kept elsewhere. */
    public void forgetLeftOver() throws IOException {
        for (Path file : list(folder.resolve(LEFT_OVER))) {
            Files.delete(file);
        }
    }

    /** Deletes the directory, once all is pushed, and lets other processes in. */
    public void remove() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
        close();
    }

    /** Lets other processes in. A directory in which nothing was kept goes. */
    @Override
    public void close() throws IOException {
        if (!lock.isOpen()) {
            return;
        }
        try (lock) {
            if (!Files.exists(folder) || isEmpty()) {
                Files.deleteIfExists(folder.resolve(LEFT_OVER));
                Files.deleteIfExists(folder);
                // only now: who comes next makes a directory of its own, which must not be deleted
                Files.deleteIfExists(lockFile);
            }
        }
    }

    private boolean isEmpty() throws IOException {
        return list(folder).equals(List.of(folder.resolve(LEFT_OVER)))
                && list(folder.resolve(LEFT_OVER)).isEmpty();
    }

    private Path unused(String name) {
        Path free = folder.resolve(LEFT_OVER).resolve(name);
        for (int i = 1; Files.exists(free); i++) {
            free = folder.resolve(LEFT_OVER).resolve(i + "-" + name);
        }
        return free;
    }

    private static List<Path> parts(Path folder) throws IOException {
        return list(folder).stream()
                .filter(file -> BatchFiles.isResponsesPart(file.getFileName().toString()))
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock got = channel.tryLock();
            return got != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
