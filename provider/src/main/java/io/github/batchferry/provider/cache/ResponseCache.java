package io.github.batchferry.provider.cache;

import io.github.batchferry.provider.journal.PrivateFiles;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Responses on disk, each in a file named by its key: {@code cache/ab/ab12….json}, 256 folders deep enough for a hundred
 * thousand answers. A file appears whole by one rename, so any number of clients may read and write at once, and one that is
 * killed leaves at most a {@code .new} file that nobody reads. A file that holds no response counts as absent.
 */
public final class ResponseCache {
    private final Path folder;

    /** @param stateDirectory the client's state folder, {@code .ferry}; nothing is made before the first answer is kept */
    public ResponseCache(Path stateDirectory) {
        this.folder = stateDirectory.resolve("cache");
    }

    /** The succeeded response that is kept under a key, with the id and custom id it had in its own batch. */
    public Optional<ResponseLine> find(Sha256 key) throws IOException {
        try {
            return Optional.of(ResponseLineCodec.read(Files.readAllBytes(file(key))))
                    .filter(response -> response.status() == ResponseStatus.SUCCEEDED);
        } catch (NoSuchFileException | MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /**
     * Keeps a response; the one that was kept under the same key is replaced. Not forced to the disk: after a power failure
     * the answer may be gone, and is then asked again.
     *
     * @param line the line of a succeeded response, without line break
     */
    public void keep(Sha256 key, byte[] line) throws IOException {
        Path file = file(key);
        makeFolder(file.getParent());
        Path beside = file.resolveSibling(key + "." + UUID.randomUUID() + ".new");
        try {
            write(beside, line);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    private static void write(Path file, byte[] line) throws IOException {
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private void makeFolder(Path shard) throws IOException {
        if (Files.isDirectory(shard)) {
            return;
        }
        PrivateFiles.createDirectories(shard);
        Path ignore = folder.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            // answers are easily committed by mistake where the state folder lies in a checkout
            Files.write(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path file(Sha256 key) {
        return folder.resolve(key.value().substring(0, 2)).resolve(key + ".json");
    }
}
