package io.github.batchferry.runner.job;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.InvalidValueException;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.Shard;
import io.github.batchferry.wire.config.DurationText;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the job from the environment variables that GitHub sets, and reports everything that is wrong with them at once. */
public final class JobReader {
    private static final String PLACE = "environment";
    /** What to do with the batch: {@code join}, {@code next}, or nothing for answering it. */
    private static final String TASK = "FERRY_TASK";

    /** The number of the shard to be answered. */
    private static final String SHARD = "FERRY_SHARD";

    /** How long after the start of the job nothing more is asked. */
    private static final String DEADLINE = "FERRY_DEADLINE";

    /** When the job began, in seconds since 1970. */
    private static final String JOB_STARTED = "FERRY_JOB_STARTED";

    /** Time between two pushes of responses. */
    private static final String CHECKPOINT = "FERRY_CHECKPOINT";

    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");

    private final Map<String, String> environment;
    private final Problems problems = new Problems();

    private JobReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws InvalidInputException with all that is missing, malformed or contradictory */
    public static Job read(Map<String, String> environment) throws InvalidInputException {
        return new JobReader(environment).job();
    }

    private Job job() throws InvalidInputException {
        Optional<EventInputs> inputs =
                variable("GITHUB_EVENT_PATH", Path::of).map(event -> EventInputs.read(event, problems));
        Optional<BatchId> batch = inputs.flatMap(EventInputs::batchId);
        Optional<BatchManifest> manifest = inputs.flatMap(EventInputs::manifest);
        inputs.ifPresent(in ->
                manifest.ifPresent(known -> in.requireShards(known.options().shards())));
        Optional<PromptsArtifact> prompts = inputs.flatMap(EventInputs::prompts);
        Optional<String> results = inputs.flatMap(in -> batch.flatMap(id -> resultsPrefix(in, id)));
        inputs.ifPresent(in -> batch.ifPresent(id -> requireSame(in, id, manifest, prompts)));
        Optional<String> token = variable("GITHUB_TOKEN", Function.identity());
        Optional<URI> repository = repository();
        Optional<Long> runId = variable("GITHUB_RUN_ID", JobReader::positive);
        Optional<Integer> attempt = variable("GITHUB_RUN_ATTEMPT", text -> Math.toIntExact(positive(text)));
        Optional<Integer> continuation = inputs.map(EventInputs::continuation);
        Optional<Job.Task> task = manifest.flatMap(this::task);
        Deadline deadline = deadline();
        Optional<Duration> checkpoint = duration(CHECKPOINT);
        Optional<Path> workspace = variable("GITHUB_WORKSPACE", Path::of);
        Optional<Path> temporary = variable("RUNNER_TEMP", JobReader::directory);
        problems.throwIfAny();
        return new Job(
                manifest.orElseThrow(),
                prompts.orElseThrow(),
                results.orElseThrow(),
                task.orElseThrow(),
                repository.orElseThrow(),
                token.orElseThrow(),
                runId.orElseThrow(),
                attempt.orElseThrow(),
                continuation.orElseThrow(),
                inputs.orElseThrow().resultsArtifact(),
                deadline,
                checkpoint,
                workspace.orElseThrow(),
                temporary.orElseThrow(),
                optional("GITHUB_STEP_SUMMARY").map(Path::of),
                optional("GITHUB_OUTPUT").map(Path::of));
    }

    private Optional<Job.Task> task(BatchManifest manifest) {
        String task = optional(TASK).orElse("");
        return switch (task) {
            case "" -> shard(manifest).map(Job.Answer::new);
            case "join" -> Optional.of(new Job.Join());
            case "next" -> Optional.of(new Job.Next());
            default -> {
                problems.add(PLACE, 0, TASK, "expected join, next or nothing, found `" + task + "`");
                yield Optional.empty();
            }
        };
    }

    /** The shard of the job's leg. A batch that is not divided needs none, so that older workflows go on working. */
    private Optional<Shard> shard(BatchManifest manifest) {
        int shards = manifest.options().shards();
        Optional<String> text = optional(SHARD);
        if (text.isEmpty() && shards > 1) {
            problems.add(
                    PLACE,
                    0,
                    SHARD,
                    "missing, but the batch is divided among " + shards + " shards; update the workflow");
            return Optional.empty();
        }
        try {
            return Optional.of(new Shard(Integer.parseInt(text.orElse("0")), shards));
        } catch (NumberFormatException e) {
            problems.add(PLACE, 0, SHARD, "expected a number, found `" + text.orElse("") + "`");
        } catch (InvalidValueException e) {
            problems.add(PLACE, 0, SHARD, e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<Duration> duration(String name) {
        return optional(name).flatMap(text -> {
            Optional<Duration> duration = DurationText.parse(text);
            if (duration.isEmpty()) {
                problems.add(PLACE, 0, name, "expected " + DurationText.EXPECTED + ", found `" + text + "`");
            } else if (duration.get().isZero()) {
                problems.add(PLACE, 0, name, "expected more than nothing, found `" + text + "`");
            }
            return duration;
        });
    }

    private Deadline deadline() {
        Optional<Duration> after = duration(DEADLINE);
        Optional<Instant> started = optional(JOB_STARTED).flatMap(text -> {
            if (!text.matches("[0-9]{1,12}")) {
                problems.add(PLACE, 0, JOB_STARTED, "expected seconds since 1970, found `" + text + "`");
                return Optional.empty();
            }
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        });
        return new Deadline(after, started);
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private Optional<String> resultsPrefix(EventInputs inputs, BatchId batch) {
        try {
            String prefix = inputs.resultsPrefix();
            new BranchName(BatchFiles.resultsBranch(prefix, batch));
            return Optional.of(prefix);
        } catch (IllegalArgumentException e) {
            inputs.problem(BatchFiles.INPUT_RESULTS_BRANCH, e.getMessage());
            return Optional.empty();
        }
    }

    private static void requireSame(
            EventInputs inputs, BatchId batch, Optional<BatchManifest> manifest, Optional<PromptsArtifact> prompts) {
        manifest.map(BatchManifest::batchId)
                .filter(other -> !other.equals(batch))
                .ifPresent(other -> inputs.problem(
                        BatchFiles.INPUT_MANIFEST, "is that of batch `" + other + "`, expected `" + batch + "`"));
        prompts.filter(PromptsArtifact.Branch.class::isInstance)
                .map(PromptsArtifact.Branch.class::cast)
                .map(PromptsArtifact.Branch::batch)
                .filter(other -> !other.equals(batch))
                .ifPresent(other -> inputs.problem(
                        BatchFiles.INPUT_PROMPTS_ARTIFACT,
                        "names the requests of batch `" + other + "`, expected `" + batch + "`"));
    }

    private Optional<URI> repository() {
        Optional<String> server = variable("GITHUB_SERVER_URL", JobReader::webAddress);
        Optional<String> slug = variable("GITHUB_REPOSITORY", JobReader::slug);
        return server.flatMap(s -> slug.map(r -> URI.create(s + "/" + r + ".git")));
    }

    private <T> Optional<T> variable(String name, Function<String, T> type) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            problems.add(PLACE, 0, name, "missing; this program runs as a step of a GitHub Actions workflow");
            return Optional.empty();
        }
        try {
            return Optional.of(type.apply(text.strip()));
        } catch (InvalidPathException e) {
            problems.add(PLACE, 0, name, "expected a path");
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(PLACE, 0, name, e.getMessage());
        }
        return Optional.empty();
    }

    private static long positive(String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("expected a number from 1, found `" + text + "`");
        }
        return Long.parseLong(text);
    }

    private static Path directory(String text) {
        if (!Files.isDirectory(Path.of(text))) {
            throw new IllegalArgumentException("expected a folder, found `" + text + "`");
        }
        return Path.of(text);
    }

    private static String slug(String text) {
        if (!REPOSITORY.matcher(text).matches()) {
            throw new IllegalArgumentException("expected owner/name, found `" + text + "`");
        }
        return text;
    }

    private static String webAddress(String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri.toString();
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw new IllegalArgumentException("expected an http or https address, found `" + text + "`");
    }
}
