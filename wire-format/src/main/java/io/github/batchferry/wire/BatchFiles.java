package io.github.batchferry.wire;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every name that both sides must agree on: files, branches, workflow inputs, the run's name. Build them only here. */
public final class BatchFiles {
    /** The manifest, on the requests branch and in the client's journal. */
    public static final String MANIFEST = "batch.json";

    /** The summary on the results branch. It is written last: its presence means that the results are complete. */
    public static final String SUMMARY = "summary.json";

    /** The {@link RunProgress}, on the results branch and on those of shards. Unlike parts it changes. */
    public static final String PROGRESS = "progress.json";

    /**
     * Which batches a batch in economy mode became at its vendors, on the results branch. Unlike parts it changes.
     */
    public static final String ECONOMY = "economy.json";

    /** The workflow in the runner repository. */
    public static final String WORKFLOW = ".github/workflows/run-evals.yml";

    /** The vendors of the runner repository, read from its default branch only. */
    public static final String VENDORS = ".ferry/vendors.yaml";

    /** Prices of the runner repository's own, beside its vendors and read from the default branch only, too. */
    public static final String PRICES = ".ferry/prices.json";

    /** The batch runner in the runner repository. */
    public static final String RUNNER_JAR = ".ferry/batch-runner.jar";

    /** Workflow input: the {@link BatchId}. */
    public static final String INPUT_BATCH_ID = "batch_id";

    /** Workflow input: where the requests are, a {@link PromptsArtifact}. */
    public static final String INPUT_PROMPTS_ARTIFACT = "prompts_artifact";

    /** Workflow input: the {@link BatchManifest} as JSON. */
    public static final String INPUT_MANIFEST = "manifest";

    /** Workflow input: prefix of the results branch. */
    public static final String INPUT_RESULTS_BRANCH = "results_branch";

    /** Workflow input: the numbers of the shards as a JSON array, see {@link #shards}. */
    public static final String INPUT_SHARDS = "shards";

    /** Workflow input: how many runs of this batch the workflow has started by itself, 0 unless it did. */
    public static final String INPUT_CONTINUATION = "continuation";

    /** Workflow input: {@code true} if the results are wanted as an artifact of the run, too. */
    public static final String INPUT_RESULTS_ARTIFACT = "results_artifact";

    /** Folder in the job's temporary one whose files become the artifact. */
    public static final String ARTIFACT_FOLDER = "ferry-results";

    /** Most runs of one batch that the workflow starts by itself. */
    public static final int MAX_CONTINUATIONS = 10;

    /** Prefix of the results branch unless the target names another. */
    public static final String DEFAULT_RESULTS_PREFIX = "eval-results";

    /** Largest part of requests or responses: GitHub warns of files over 50 MB and refuses those over 100 MB. */
    public static final long MAX_RESPONSES_PART_BYTES = 32L * 1024 * 1024;

    /** Largest file of requests on the requests branch, in bytes. */
    public static final long MAX_REQUESTS_PART_BYTES = 8L * 1024 * 1024;

    private static final String RUN_NAME = "llm-batch ";
    private static final Pattern RESPONSES_PART = Pattern.compile("responses-[0-9]{3}-[0-9]{4,}\\.jsonl");
    private static final Pattern REQUESTS_PART = Pattern.compile("requests-[0-9]{4,}\\.jsonl");

    private BatchFiles() {}

    /** A file of requests: {@code requests-0000.jsonl}; parts count from 0. */
    public static String requestsPart(int part) {
        return String.format(Locale.ROOT, "requests-%04d.jsonl", part);
    }

    /** Whether a file name is one of {@link #requestsPart}. */
    public static boolean isRequestsPart(String name) {
        return REQUESTS_PART.matcher(name).matches();
    }

    /** A file of responses: {@code responses-000-0000.jsonl}; shards and parts count from 0. */
    public static String responsesPart(int shard, int part) {
        return String.format(Locale.ROOT, "responses-%03d-%04d.jsonl", shard, part);
    }

    /** Whether a file name is one of {@link #responsesPart}. */
    public static boolean isResponsesPart(String name) {
        return RESPONSES_PART.matcher(name).matches();
    }

    /** Whether a file name is that of a part which this shard wrote. */
    public static boolean isResponsesPart(String name, Shard shard) {
        return isResponsesPart(name) && name.startsWith("responses-" + shard.digits() + "-");
    }

    /** The branch on which requests travel that do not fit in the dispatch. */
    public static String requestsBranch(BatchId batch) {
        return "eval-batches/" + batch;
    }

    /** The branch on which the responses come back. */
    public static String resultsBranch(String prefix, BatchId batch) {
        return prefix + "/" + batch;
    }

    /**
     * The branch on which a shard keeps its responses until they are joined: beside the results branch, since git has no
     * branch below another. A batch that is not divided has none but the results branch.
     */
    public static String shardBranch(String prefix, BatchId batch, Shard shard) {
        String results = resultsBranch(prefix, batch);
        return shard.isWhole() ? results : results + ".shard-" + shard.digits();
    }

    /** The artifact that holds the same files as the results branch. */
    public static String resultsArtifact(BatchId batch) {
        return "eval-results-" + batch;
    }

    /** The workflow input that makes one job for each shard: {@code [0,1,2]}. */
    public static String shards(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    /** The name of the GitHub run that executes a batch, by which a run is found whose id is not known. */
    public static String runName(BatchId batch) {
        return RUN_NAME + batch;
    }

    /** Whether a run's title is the {@link #runName} of some batch. */
    public static boolean isRunName(String title) {
        try {
            return title.startsWith(RUN_NAME)
                    && runName(new BatchId(title.substring(RUN_NAME.length()))).equals(title);
        } catch (InvalidValueException e) {
            return false;
        }
    }
}
