package io.github.batchferry.localgithub.store;

import io.github.batchferry.localgithub.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The record of a run on disk: the whole in {@code run.json} and, while its jobs run, what changed of them since, line by
 * line, in {@code run.changes}. A matrix of hundreds of jobs would otherwise be written whole at every step of each. The
 * first line tells to which whole the others belong. Not thread-safe.
 */
final class RunFile {
    private static final long LEAST = 64 << 10;

    private final Path whole;
    private final Path changes;

    // Mutable state
    private String mark = "";
    private long room; // how many bytes of changes may still come before the whole is written again

    /**
     * A line of changes.
     *
     * @param updatedAt of the attempt
     * @param jobs of the latest attempt that changed
     */
    record Line(Instant updatedAt, List<JobRecord> jobs) {}

    /** @param folder of the run */
    RunFile(Path folder) {
        this.whole = folder.resolve("run.json");
        this.changes = folder.resolve("run.changes");
    }

    /** The record as it was last written; empty if it never was. */
    Optional<RunRecord> read() throws IOException {
        if (!Files.exists(whole)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(whole);
        try {
            RunRecord run = Json.MAPPER.readValue(bytes, RunRecord.class);
            return Optional.of(Files.exists(changes) ? changed(run, mark(bytes)) : run);
        } catch (IOException e) {
            throw new IOException("cannot read " + whole + ": " + e.getMessage(), e);
        }
    }

    private RunRecord changed(RunRecord run, String belongsTo) throws IOException {
        // not strictly: a character at the end may have been cut
        String text = new String(Files.readAllBytes(changes), StandardCharsets.UTF_8);
        // what follows the last line break was being written when the process was killed: nobody was told of it
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(belongsTo)) {
            return run;
        }
        RunRecord changed = run;
        for (String line : lines.subList(1, lines.size())) {
            changed = apply(changed, Json.MAPPER.readValue(line, Line.class));
        }
        return changed;
    }

    private static RunRecord apply(RunRecord run, Line line) {
        return run.withLatest(attempt -> {
            AttemptRecord changed = attempt;
            for (JobRecord job : line.jobs) {
                changed = changed.withJob(job.id(), before -> job, line.updatedAt);
            }
            return changed;
        });
    }

    /** Writes the whole. */
    void write(RunRecord run) throws IOException {
        byte[] bytes = Json.bytes(run);
        room = 0; // if this fails, the next one is whole again
        AtomicFile.write(whole, bytes);
        Files.deleteIfExists(changes);
        mark = mark(bytes);
        room = Math.max(LEAST, 2L * bytes.length);
    }

    /** Writes what changed; the whole, if that is more than jobs of the latest attempt. */
    void write(RunRecord before, RunRecord after) throws IOException {
        if (room <= 0 || !sameButForJobs(before, after)) {
            write(after);
            return;
        }
        byte[] line = line(before.latest(), after.latest());
        long left = room - line.length;
        room = 0; // a line that is written in part must be the last one
        Files.write(changes, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        room = left;
    }

    private static boolean sameButForJobs(RunRecord before, RunRecord after) {
        return !after.latest().over()
                && ids(before.latest()).equals(ids(after.latest()))
                && withoutJobs(before).equals(withoutJobs(after));
    }

    private static List<Long> ids(AttemptRecord attempt) {
        return attempt.jobs().stream().map(JobRecord::id).toList();
    }

    private static RunRecord withoutJobs(RunRecord run) {
        return run.withLatest(attempt -> attempt.withJobs(List.of(), Instant.EPOCH));
    }

    private byte[] line(AttemptRecord before, AttemptRecord after) throws IOException {
        List<JobRecord> changed = new ArrayList<>();
        for (int i = 0; i < after.jobs().size(); i++) {
            if (!after.jobs().get(i).equals(before.jobs().get(i))) {
                changed.add(after.jobs().get(i));
            }
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        if (!Files.exists(changes)) {
            line.write((mark + "\n").getBytes(StandardCharsets.UTF_8));
        }
        line.write(Json.bytes(new Line(after.updatedAt(), changed)));
        line.write('\n');
        return line.toByteArray();
    }

    private static String mark(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return Long.toHexString(sum.getValue());
    }
}
