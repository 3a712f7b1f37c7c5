package io.github.batchferry.provider.batch;

import io.github.batchferry.github.GitHubException;
import io.github.batchferry.provider.cache.RequestKeys;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.connection.RunnerConnector;
import io.github.batchferry.provider.input.RequestReader;
import io.github.batchferry.provider.input.RequestSink;
import io.github.batchferry.provider.input.RequestSource;
import io.github.batchferry.provider.journal.Staging;
import io.github.batchferry.provider.journal.TargetCodec;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.JsonlWriter;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorKinds;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The steps load and validate: reads an input against the vendors of a target's runner. Leaves nothing behind when it fails. */
final class RequestCheck {
    private final RunnerConnector connector;
    private final Staging staging;

    RequestCheck(RunnerConnector connector, Staging staging) {
        this.connector = connector;
        this.staging = staging;
    }

    /** Checks an input and keeps nothing of it; gives the number of requests. */
    long validate(RequestSource source, Target target)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        return unlessOutOfDate(source, target, () -> read(source, target, vendors -> request -> {}));
    }

    private interface Check<T> {
        T run() throws InvalidInputException, ConnectionFailedException, GitHubException, IOException;
    }

    /** What is wrong by remembered vendors may be right by those of now; standard input can be read only once. */
    private <T> T unlessOutOfDate(RequestSource source, Target target, Check<T> check)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        try {
            return check.run();
        } catch (InvalidInputException e) {
            if (!source.name().equals("-") && connector.forget(target)) {
                return check.run();
            }
            throw e;
        }
    }

    /** As {@link #stage}, for requests that are going to be sent: whether the target can be reached is found out, too. */
    CheckedRequests load(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        CheckedRequests requests = stage(source, target, how);
        boolean reached = false;
        try {
            // whatever keeps a sound batch from being sent is to be known before it is written down
            connector.connect(target);
            reached = true;
            return requests;
        } finally {
            if (!reached) {
                requests.close();
            }
        }
    }

    /**
     * Checks an input and writes its requests to a temporary file that only this user may read. Digest and sizes are taken on
     * the way, so that an input is read once however large it is.
     *
     * @param how decides whether their keys for the cache are wanted, too, and whether their vendors must have a batch API
     */
    CheckedRequests stage(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        return unlessOutOfDate(source, target, () -> loadOnce(source, target, how));
    }

    private CheckedRequests loadOnce(RequestSource source, Target target, Submission how)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        boolean keyed = how.cache();
        if (keyed) {
            // an answer of other vendors than those of now must not be found
            connector.forget(target);
        }
        EconomyCheck economy = new EconomyCheck(target);
        Path file = staging.file("requests", ".jsonl");
        Optional<Path> keys = keyed ? Optional.of(staging.file("cache-keys", ".txt")) : Optional.empty();
        LongAdder bodies = new LongAdder();
        boolean sound = false;
        try (JsonlWriter lines = new JsonlWriter(new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024));
                Writer keyLines = keyed ? Files.newBufferedWriter(keys.get()) : Writer.nullWriter()) {
            long count = read(source, target, vendors -> {
                RequestSink write = request -> {
                    lines.write(request.line());
                    bodies.add(request.body().size());
                };
                RequestSink keying = keyed ? keying(vendors, target, keyLines, write) : write;
                return how.options().economy() ? economy.of(vendors, keying) : keying;
            });
            economy.throwIfAny();
            lines.flush();
            keyLines.flush();
            sound = true;
            return new CheckedRequests(file, count, lines.bytes(), bodies.sum(), Sha256.ofRaw(lines.sha256()), keys);
        } finally {
            if (!sound) {
                Files.deleteIfExists(file);
                if (keyed) {
                    Files.deleteIfExists(keys.get());
                }
            }
        }
    }

    private static RequestSink keying(Optional<VendorsFile> vendors, Target target, Writer keyLines, RequestSink next) {
        String place = TargetCodec.place(target).toString();
        RequestKeys keys = new RequestKeys(vendors, target.vendor(), place);
        return request -> {
            next.accept(request);
            keyLines.write(keys.of(request) + "\n");
        };
    }

    /** @param sinks makes the sink, given the runner's vendors where they are known */
    private long read(RequestSource source, Target target, Function<Optional<VendorsFile>, RequestSink> sinks)
            throws InvalidInputException, ConnectionFailedException, GitHubException, IOException {
        try (RequestReader reader = RequestReader.open(source)) {
            Optional<VendorsFile> vendors;
            try {
                vendors = vendors(target);
            } catch (ConnectionFailedException | GitHubException | InvalidInputException e) {
                // a bad input is told first: it is wrong whatever becomes of the target
                reader.read(Optional.empty(), target.vendor(), request -> {});
                throw e;
            }
            return reader.read(vendors, target.vendor(), sinks.apply(vendors));
        }
    }

    private Optional<VendorsFile> vendors(Target target)
            throws InvalidInputException, ConnectionFailedException, GitHubException {
        Optional<byte[]> file = connector.vendors(target);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(parse(
                        BatchFiles.VENDORS + " of target " + target.name(),
                        new String(file.get(), StandardCharsets.UTF_8)));
    }

    private static VendorsFile parse(String name, String text) throws InvalidInputException {
        VendorsFile vendors = VendorsParser.parse(name, text);
        Problems problems = new Problems();
        VendorKinds.check(vendors, name, problems);
        problems.throwIfAny();
        return vendors;
    }
}
