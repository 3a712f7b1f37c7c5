package io.github.batchferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes as the JVM keeps them from one run to the next: an AOT cache where the JDK makes one in one step (JEP 514), else
 * AppCDS. It fits the very JVM and jar that made it, so it is made in the same run of the benchmark.
 */
record ClassArchive(int jdk, Path file) {
    /** The first JDK that makes an AOT cache in one step. */
    private static final int AOT_CACHE = 25;

    /** The archive of a run that is not counted. */
    static ClassArchive make(Setting setting, int jdk, Requests requests, int concurrency, String... vendor)
            throws Exception {
        ClassArchive archive = new ClassArchive(jdk, setting.scratch().resolve("runner-" + jdk + ".jsa"));
        Files.deleteIfExists(archive.file);
        String making = jdk >= AOT_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
        new Runs(setting).ours(jdk, with(setting.flags(), making + archive.file), requests, concurrency, "10m", vendor);
        if (!Files.exists(archive.file)) {
            throw new IOException("JDK " + jdk + " made no class archive");
        }
        return archive;
    }

    /** The flags of a JVM that uses it. */
    List<String> flags(Setting setting) {
        return with(setting.flags(), (jdk >= AOT_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    }

    private static List<String> with(List<String> flags, String more) {
        List<String> all = new ArrayList<>(flags);
        all.add(more);
        return all;
    }
}
