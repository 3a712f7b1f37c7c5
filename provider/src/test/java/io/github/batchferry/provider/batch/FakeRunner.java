package io.github.batchferry.provider.batch;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.testing.InMemoryGitRemote;
import io.github.batchferry.github.testing.FakeDispatch;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.BatchSummary;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.ResponseLineCodec;
import io.github.batchferry.wire.ResponseStatus;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.JsonlReader;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.Problems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** Plays the batch runner: takes a dispatch as the workflow would and pushes results. */
public final class FakeRunner {
    private final InMemoryGitRemote git;

    FakeRunner(InMemoryGitRemote git) {
        this.git = git;
    }

    /** The header that came with a dispatch. */
    static BatchManifest manifest(FakeDispatch dispatch) {
        try {
            return BatchManifest.parse(
                    dispatch.inputs().get(BatchFiles.INPUT_MANIFEST).getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The requests of a dispatch, wherever they are, checked against the manifest. */
    List<RequestLine> requests(FakeDispatch dispatch) {
        BatchManifest manifest = manifest(dispatch);
        byte[] bytes = bytes(PromptsArtifact.parse(dispatch.inputs().get(BatchFiles.INPUT_PROMPTS_ARTIFACT)));
        if (!Sha256.of(bytes).equals(manifest.requestsSha256()) || bytes.length != manifest.requestsBytes()) {
            throw new AssertionError("the requests are not those of the manifest");
        }
        List<RequestLine> requests = parse(bytes);
        if (requests.size() != manifest.requestCount()) {
            throw new AssertionError("expected " + manifest.requestCount() + " requests, found " + requests.size());
        }
        return requests;
    }

    /** Answers every request and pushes the results in two parts, in another order than they were asked. */
    void answerAll(FakeDispatch dispatch) {
        List<RequestLine> shuffled = new ArrayList<>(requests(dispatch));
        Collections.shuffle(shuffled, new Random(1));
        int half = shuffled.size() / 2;
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(BatchFiles.responsesPart(0, 0), lines(dispatch, shuffled.subList(0, half)));
        parts.put(BatchFiles.responsesPart(0, 1), lines(dispatch, shuffled.subList(half, shuffled.size())));
        pushComplete(dispatch, parts);
    }

    /** A failure, or a success, as a line with its line break. */
    static byte[] line(FakeDispatch dispatch, RequestLine request, boolean success) {
        ResponseLine answered = response(manifest(dispatch).batchId(), request);
        ResponseLine line = success
                ? answered
                : new ResponseLine(
                        answered.id(),
                        answered.customId(),
                        Optional.empty(),
                        Optional.of(new ResponseLine.Failure("server_error", "try again")),
                        ResponseStatus.ERRORED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        1,
                        "echo",
                        request.model());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ResponseLineCodec.write(line));
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** Pushes parts and the summary that belongs to them. */
    void pushComplete(FakeDispatch dispatch, Map<String, byte[]> parts) {
        Map<String, byte[]> files = new LinkedHashMap<>(parts);
        files.put(BatchFiles.SUMMARY, summary(dispatch, parts).toJson().toByteArray());
        push(dispatch, files);
    }

    /** Pushes files to the results branch. */
    void push(FakeDispatch dispatch, Map<String, byte[]> files) {
        git.put(branch(dispatch), files);
    }

    static BranchName branch(FakeDispatch dispatch) {
        String prefix = dispatch.inputs().get(BatchFiles.INPUT_RESULTS_BRANCH);
        return new BranchName(
                BatchFiles.resultsBranch(prefix, manifest(dispatch).batchId()));
    }

    static byte[] lines(FakeDispatch dispatch, List<RequestLine> requests) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        BatchId batch = manifest(dispatch).batchId();
        for (RequestLine request : requests) {
            lines.writeBytes(ResponseLineCodec.write(response(batch, request)));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** A success that says the custom id. */
    private static ResponseLine response(BatchId batch, RequestLine request) {
        String text = "answer to " + request.customId();
        return new ResponseLine(
                ResponseLine.idFor(batch, request.customId()),
                request.customId(),
                Optional.of(new ResponseLine.Answer(200, Optional.empty(), RawJson.ofText(text))),
                Optional.empty(),
                ResponseStatus.SUCCEEDED,
                Optional.of(text),
                Optional.of(new TokenUsage(3, 2, 0, 0, 0)),
                Optional.empty(),
                1,
                1,
                "echo",
                request.model());
    }

    static BatchSummary summary(FakeDispatch dispatch, Map<String, byte[]> parts) {
        List<BatchSummary.Part> described = new ArrayList<>();
        long total = 0;
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            long lines =
                    new String(part.getValue(), StandardCharsets.UTF_8).lines().count();
            total += lines;
            described.add(
                    new BatchSummary.Part(part.getKey(), lines, part.getValue().length, Sha256.of(part.getValue())));
        }
        BatchManifest manifest = manifest(dispatch);
        return new BatchSummary(
                manifest.batchId(),
                manifest.requestsSha256(),
                Map.of(ResponseStatus.SUCCEEDED, total),
                described,
                TokenUsage.NONE,
                Optional.empty(),
                TestTime.START,
                TestTime.START,
                dispatch.runId(),
                1,
                "fake");
    }

    private byte[] bytes(PromptsArtifact artifact) {
        try {
            if (artifact instanceof PromptsArtifact.Inline inline) {
                return new GZIPInputStream(new ByteArrayInputStream(inline.gzip())).readAllBytes();
            }
            BranchName branch = new BranchName(BatchFiles.requestsBranch(((PromptsArtifact.Branch) artifact).batch()));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (String path : git.paths(branch)) {
                if (BatchFiles.isRequestsPart(path)) {
                    all.writeBytes(git.read(branch, path).orElseThrow());
                }
            }
            return all.toByteArray();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static List<RequestLine> parse(byte[] bytes) {
        List<RequestLine> requests = new ArrayList<>();
        RequestLineParser parser = new RequestLineParser("requests", new Problems());
        try (JsonlReader lines = new JsonlReader(new ByteArrayInputStream(bytes))) {
            for (Optional<JsonlLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                requests.add(parser.parse(line.get()).orElseThrow());
            }
            return requests;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
