package io.github.batchferry.runner.job;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.BatchManifest;
import io.github.batchferry.wire.PromptsArtifact;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the job from the environment variables that GitHub sets, and reports everything that is wrong with them at once. */
public final class JobReader {
    private static final String PLACE = "environment";
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
        Optional<PromptsArtifact> prompts = inputs.flatMap(EventInputs::prompts);
        Optional<BranchName> results = inputs.flatMap(in -> batch.flatMap(id -> resultsBranch(in, id)));
        inputs.ifPresent(in -> batch.ifPresent(id -> requireSame(in, id, manifest, prompts)));
        Optional<String> token = variable("GITHUB_TOKEN", Function.identity());
        Optional<URI> repository = repository();
        Optional<Long> runId = variable("GITHUB_RUN_ID", JobReader::positive);
        Optional<Integer> attempt = variable("GITHUB_RUN_ATTEMPT", text -> Math.toIntExact(positive(text)));
        Optional<Path> workspace = variable("GITHUB_WORKSPACE", Path::of);
        Optional<Path> temporary = variable("RUNNER_TEMP", JobReader::directory);
        Optional<Path> summary = Optional.ofNullable(environment.get("GITHUB_STEP_SUMMARY"))
                .filter(path -> !path.isBlank())
                .map(Path::of);
        problems.throwIfAny();
        return new Job(
                manifest.orElseThrow(),
                prompts.orElseThrow(),
                results.orElseThrow(),
                repository.orElseThrow(),
                token.orElseThrow(),
                runId.orElseThrow(),
                attempt.orElseThrow(),
                workspace.orElseThrow(),
                temporary.orElseThrow(),
                summary);
    }

    private Optional<BranchName> resultsBranch(EventInputs inputs, BatchId batch) {
        try {
            return Optional.of(new BranchName(BatchFiles.resultsBranch(inputs.resultsPrefix(), batch)));
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
