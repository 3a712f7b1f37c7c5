package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.Journal;
import io.github.batchferry.provider.journal.KnownAnswers;
import io.github.batchferry.provider.journal.SentRequests;
import io.github.batchferry.provider.journal.Staging;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.JsonlWriter;
import io.github.batchferry.wire.json.MalformedJsonException;
import io.github.batchferry.wire.problem.Problems;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Makes of a batch that is over another with the same requests, which has the successes of the first already, byte for byte,
 * and asks the rest. So its responses are those of all requests in their order, the newest success of each.
 */
final class Retry {
    private final Journal journal;
    private final Staging staging;

    Retry(Journal journal, Staging staging) {
        this.journal = journal;
        this.staging = staging;
    }

    /** The last in the chain of retries of a batch; the batch itself if it was never retried. */
    BatchJournal newest(BatchJournal batch) throws IOException {
        BatchJournal newest = batch;
        List<BatchJournal> all = journal.listing().batches();
        // oldest first: a retry is newer than what it retries
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).retries().filter(newest.id()::equals).isPresent()) {
                newest = all.get(i);
            }
        }
        return newest;
    }

    /**
     * Writes down the batch that asks once more.
     *
     * @param source over, with all its responses in the journal
     * @param manifest of the new batch, with all requests
     * @param options how a number of requests is to be answered
     * @return empty if every request has succeeded
     */
    Optional<BatchJournal> prepare(
            BatchJournal source, BatchManifest manifest, Target target, LongFunction<BatchOptions> options, Instant now)
            throws IOException {
        Path requests = copy(source.requests(), "requests", ".jsonl");
        try (KnownAnswers known = divide(source, manifest, options)) {
            return known.rest().isEmpty()
                    ? Optional.empty()
                    : Optional.of(journal.create(
                            manifest, target, requests, Optional.of(known), Optional.of(source.id()), now));
        } finally {
            Files.deleteIfExists(requests);
        }
    }

    private Path copy(Path file, String name, String suffix) throws IOException {
        Path copy = staging.file(name, suffix);
        return Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }

    private KnownAnswers divide(BatchJournal source, BatchManifest manifest, LongFunction<BatchOptions> options)
            throws IOException {
        Path successes = staging.file("cached", ".jsonl");
        Path others = staging.file("rest", ".jsonl");
        try (JsonlWriter known = writer(successes);
                JsonlWriter rest = writer(others)) {
            divide(source, known, rest);
            known.flush();
            rest.flush();
            Optional<Path> keys = source.cacheKeys().isPresent()
                    ? Optional.of(copy(source.cacheKeys().get(), "cache-keys", ".txt"))
                    : Optional.empty();
            if (rest.lines() == 0) {
                Files.delete(others);
                return new KnownAnswers(keys, Optional.of(successes), Optional.empty());
            }
            SentRequests sent = new SentRequests(manifest(manifest, rest, options), others);
            return new KnownAnswers(keys, Optional.of(successes), Optional.of(sent));
        }
    }

    private static BatchManifest manifest(BatchManifest whole, JsonlWriter rest, LongFunction<BatchOptions> options) {
        return new BatchManifest(
                whole.batchId(),
                whole.createdAt(),
                rest.lines(),
                rest.bytes(),
                Sha256.ofRaw(rest.sha256()),
                whole.vendor(),
                whole.client(),
                options.apply(rest.lines()));
    }

    /** Both files are in request order, and every response has its request. */
    private static void divide(BatchJournal source, JsonlWriter known, JsonlWriter rest) throws IOException {
        RequestLineParser parser = new RequestLineParser(source.requests().toString(), new Problems());
        try (JsonlReader requests = new JsonlReader(Files.newInputStream(source.requests()));
                JsonlReader responses = new JsonlReader(responses(source))) {
            Optional<JsonlLine> next = responses.next();
            for (Optional<JsonlLine> line = requests.next(); line.isPresent(); line = requests.next()) {
                RequestLine request = parser.parse(line.get())
                        .orElseThrow(() -> new IOException("cannot read `" + source.requests() + "` any more"));
                Optional<ResponseLine> response = next.isPresent()
                        ? Optional.of(read(source, next.get()))
                                .filter(r -> r.customId().equals(request.customId()))
                        : Optional.empty();
                if (response.filter(r -> r.status() == ResponseStatus.SUCCEEDED).isPresent()) {
                    known.write(next.get().bytes());
                } else {
                    rest.write(line.get().bytes());
                }
                next = response.isPresent() ? responses.next() : next;
            }
        }
    }

    private static InputStream responses(BatchJournal source) throws IOException {
        return Files.exists(source.responses())
                ? Files.newInputStream(source.responses())
                : InputStream.nullInputStream();
    }

    private static ResponseLine read(BatchJournal source, JsonlLine line) throws IOException {
        try {
            return ResponseLineCodec.read(line.bytes());
        } catch (MalformedJsonException e) {
            throw new IOException(
                    "cannot read `" + source.responses() + "` line " + line.number() + ": " + e.getMessage(), e);
        }
    }

    private static JsonlWriter writer(Path file) throws IOException {
        return new JsonlWriter(new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024));
    }
}
