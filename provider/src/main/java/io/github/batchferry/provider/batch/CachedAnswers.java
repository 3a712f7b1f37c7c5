package io.github.batchferry.provider.batch;

import io.github.batchferry.provider.cache.ResponseCache;
import io.github.batchferry.provider.journal.BatchJournal;
import io.github.batchferry.provider.journal.KnownAnswers;
import io.github.batchferry.provider.journal.SentRequests;
import io.github.batchferry.provider.journal.Staging;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchOptions;
import io.github.batchferry.wire.CustomId;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongFunction;

/** Takes answers out of the cache when a batch begins, and puts its answers in when it is collected. */
final class CachedAnswers {
    private final ResponseCache cache;
    private final Staging staging;

    CachedAnswers(ResponseCache cache, Staging staging) {
        this.cache = cache;
        this.staging = staging;
    }

    /**
     * Divides requests into those the cache answers and the rest. Two identical requests of one batch are asked both, or
     * answered both.
     *
     * @param requests with their keys
     * @param whole manifest of all requests
     * @param options how a number of requests is to be answered: fewer may make fewer shards
     * @param read whether answers may be taken out; if not, they are only to be put in later
     */
    KnownAnswers divide(CheckedRequests requests, BatchManifest whole, LongFunction<BatchOptions> options, boolean read)
            throws IOException {
        Path keys = requests.keys().orElseThrow();
        if (!read) {
            return new KnownAnswers(Optional.of(keys), Optional.empty(), Optional.empty());
        }
        Path cached = staging.file("cached", ".jsonl");
        Path rest = staging.file("rest", ".jsonl");
        boolean done = false;
        try (JsonlWriter answers = writer(cached);
                JsonlWriter others = writer(rest)) {
            divide(requests.file(), keys, whole.batchId(), answers, others);
            answers.flush();
            others.flush();
            KnownAnswers use = use(keys, cached, answers, whole, new Rest(rest, others, options));
            done = true;
            return use;
        } finally {
            if (!done) {
                Files.deleteIfExists(cached);
                Files.deleteIfExists(rest);
            }
        }
    }

    private record Rest(Path file, JsonlWriter written, LongFunction<BatchOptions> options) {}

    private static KnownAnswers use(Path keys, Path cached, JsonlWriter answers, BatchManifest whole, Rest rest)
            throws IOException {
        if (answers.lines() == 0) {
            Files.delete(cached);
            Files.delete(rest.file());
            return new KnownAnswers(Optional.of(keys), Optional.empty(), Optional.empty());
        }
        if (rest.written().lines() == 0) {
            Files.delete(rest.file());
            return new KnownAnswers(Optional.of(keys), Optional.of(cached), Optional.empty());
        }
        BatchManifest remaining = new BatchManifest(
                whole.batchId(),
                whole.createdAt(),
                rest.written().lines(),
                rest.written().bytes(),
                Sha256.ofRaw(rest.written().sha256()),
                whole.vendor(),
                whole.client(),
                rest.options().apply(rest.written().lines()));
        return new KnownAnswers(
                Optional.of(keys), Optional.of(cached), Optional.of(new SentRequests(remaining, rest.file())));
    }

    private void divide(Path requests, Path keys, BatchId batch, JsonlWriter answers, JsonlWriter others)
            throws IOException {
        RequestLineParser parser = new RequestLineParser(requests.toString(), new Problems());
        try (JsonlReader lines = new JsonlReader(Files.newInputStream(requests));
                BufferedReader keyLines = Files.newBufferedReader(keys)) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<ResponseLine> answer = cache.find(new Sha256(keyLines.readLine()));
                if (answer.isPresent()) {
                    CustomId id = parser.parse(line.get())
                            .map(RequestLine::customId)
                            .orElseThrow(() -> new IOException("the checked requests changed while they were read"));
                    answers.write(ResponseLineCodec.write(repeated(batch, id, answer.get())));
                } else {
                    others.write(line.get().bytes());
                }
            }
        }
    }

    /** The answer as one of another batch: nobody was asked, nothing was paid, no time went by. */
    private static ResponseLine repeated(BatchId batch, CustomId request, ResponseLine answer) {
        return new ResponseLine(
                ResponseLine.idFor(batch, request),
                request,
                answer.answer(),
                Optional.empty(),
                answer.status(),
                answer.text(),
                answer.usage(),
                Optional.of(BigDecimal.ZERO),
                0,
                0,
                answer.vendor(),
                answer.model(),
                answer.redacted(),
                true);
    }

    /** Keeps the successes of a batch whose every request has its response, unless it does not use the cache. */
    void keep(BatchJournal batch) throws IOException {
        if (batch.cacheKeys().isEmpty()) {
            return;
        }
        try (JsonlReader responses = new JsonlReader(Files.newInputStream(batch.responses()));
                BufferedReader keys = Files.newBufferedReader(batch.cacheKeys().get(), StandardCharsets.US_ASCII)) {
            for (Optional<JsonlLine> line = responses.next(); line.isPresent(); line = responses.next()) {
                keep(new Sha256(keys.readLine()), line.get().bytes());
            }
        }
    }

    private void keep(Sha256 key, byte[] line) throws IOException {
        try {
            ResponseLine response = ResponseLineCodec.read(line);
            if (response.status() == ResponseStatus.SUCCEEDED && !response.cached()) {
                cache.keep(key, line);
            }
        } catch (MalformedJsonException e) {
            throw new IOException("cannot read a response that was just collected: " + e.getMessage(), e);
        }
    }

    private static JsonlWriter writer(Path file) throws IOException {
        return new JsonlWriter(new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024));
    }
}
