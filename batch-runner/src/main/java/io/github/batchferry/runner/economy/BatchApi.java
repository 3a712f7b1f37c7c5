package io.github.batchferry.runner.economy;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A vendor's batch API. Futures fail with a {@link RefusedException} if the vendor certainly did not do what it was asked,
 * with an {@link IOException} if that is not known. Without state.
 */
interface BatchApi {
    /** Reads a request of a part by its number. */
    @FunctionalInterface
    interface Requests {
        RequestLine load(int number) throws IOException;
    }

    /** Most requests of one batch. */
    int maxRequests();

    /** Most bytes of one batch, with a margin. */
    long maxBytes();

    /** How long after its submission the vendor knows a batch at least. */
    Duration retention();

    /** Bytes that a request adds to a batch, at most. */
    long bytes(RequestLine request);

    /** What requests of one batch must have in common, as a text that is the same for those who do. */
    String group(RequestLine request);

    /** Why a request cannot go through this API at all; empty if it can. */
    Optional<String> refusal(RequestLine request);

    /** The id of a request inside the vendor's batch. */
    String key(Part part, int number, RequestLine request);

    /** Writes what is to be submitted. */
    void write(Part part, Requests requests, Path file) throws IOException;

    /** Submits a part; the future gives the vendor's id of it. */
    CompletableFuture<String> submit(Part part, Path file);

    /** Looks how far a batch is. */
    CompletableFuture<VendorBatch> look(String vendorBatch);

    /** Fetches one of the results of a batch. */
    CompletableFuture<Void> download(String result, Path file);

    /**
     * Reads a line of results.
     *
     * @throws MalformedJsonException if it is none
     */
    LineResult read(byte[] line) throws MalformedJsonException;

    /** Asks the vendor to stop a batch. It may go on for a while, and one that is over stays as it is. */
    CompletableFuture<Void> cancel(String vendorBatch);

    /**
     * Looks for a part whose submission was not answered.
     *
     * @param others the vendor's ids of other parts
     * @param scratch a file that may be overwritten
     */
    CompletableFuture<Search> find(Part part, Set<String> others, Path scratch);
}
