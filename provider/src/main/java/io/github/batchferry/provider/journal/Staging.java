package io.github.batchferry.provider.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Where files are made before they are moved into the journal: in {@code tmp} of the state folder, so that moving is a
 * rename; or, while there is no state folder, where the system keeps such files, so that input that is refused leaves nothing
 * behind. What a killed client left there is swept by a later one.
 */
public final class Staging {
    /** Nobody prepares a batch for so long. */
    private static final Duration OLD = Duration.ofDays(1);

    private static final String PREFIX = "ferry-";

    private final Path stateDirectory;
    private final Path systemTemporary;

    /** @param stateDirectory the client's state folder, {@code .ferry}; need not exist */
    public Staging(Path stateDirectory) {
        this(stateDirectory, Path.of(System.getProperty("java.io.tmpdir")));
    }

    Staging(Path stateDirectory, Path systemTemporary) {
        this.stateDirectory = stateDirectory;
        this.systemTemporary = systemTemporary;
    }

    /**
     * Makes an empty file that only its owner may read; whoever asked removes or moves it.
     *
     * @param name one of {@code requests}, {@code cache-keys}, {@code cached} and {@code rest}
     * @param suffix {@code .jsonl} or {@code .txt}
     */
    public Path file(String name, String suffix) throws IOException {
        return Files.createTempFile(folder(), PREFIX + name + "-", suffix);
    }

    private Path folder() throws IOException {
        if (!Files.isDirectory(stateDirectory)) {
            return systemTemporary;
        }
        Path folder = stateDirectory.resolve("tmp");
        PrivateFiles.createDirectories(folder);
        Path ignore = folder.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            // as in the journal: prompts are easily committed by mistake
            Files.write(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
        }
        return folder;
    }

    /** Removes what is older than a day of all that this program makes there; what cannot be removed stays. */
    public void sweep(Instant now) {
        sweep(stateDirectory.resolve("tmp"), "{ferry,git}-*", now);
        sweep(systemTemporary, "ferry-{requests,cache-keys,cached,rest}-*.{jsonl,txt}", now);
    }

    private static void sweep(Path folder, String names, Instant now) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            for (Path entry : entries) {
                removeIfOld(entry, now);
            }
        } catch (IOException e) {
            // a folder that is not there or may not be read has nothing of ours
        }
    }

    private static void removeIfOld(Path entry, Instant now) {
        try {
            if (Files.getLastModifiedTime(entry).toInstant().isBefore(now.minus(OLD))) {
                Folders.remove(entry);
            }
        } catch (IOException e) {
            // somebody else's, or removed meanwhile
        }
    }
}
