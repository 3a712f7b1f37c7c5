package io.github.batchferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

class WorkflowFileTest {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{.*?}}", Pattern.DOTALL);

    private static final String DIVIDED = "inputs.shards != '[0]'";

    /** Expressions that decide and that name jobs; the rest of them only passes something on. */
    private static final List<String> CONDITIONS = List.of(
            "${{ " + DIVIDED + " && format(', shard {0}', matrix.shard) || '' }}",
            "${{ always() && " + DIVIDED + " }}",
            "${{ always() && inputs.results_artifact == 'true' && inputs.shards == '[0]' }}",
            "${{ always() && inputs.results_artifact == 'true' }}",
            "${{ !cancelled() && fromJSON(inputs.manifest).continue == 'runner' && (inputs.shards == '[0]' &&"
                    + " needs.batch.outputs.paused == 'true' || inputs.shards != '[0]' &&"
                    + " needs.join.outputs.paused == 'true') }}");

    private final String text = new String(RunnerRepositoryFiles.workflow(), StandardCharsets.UTF_8);
    private final Map<String, Object> workflow = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<String, Object>) value;
    }

    private Map<String, Object> inputs() {
        // YAML 1.1 reads the key `on` as true
        return map(map(map(((Map<?, ?>) workflow).get(Boolean.TRUE)).get("workflow_dispatch"))
                .get("inputs"));
    }

    private List<Map<String, Object>> jobs() {
        return map(workflow.get("jobs")).values().stream()
                .map(WorkflowFileTest::map)
                .toList();
    }

    private Map<String, Object> job(String name) {
        return map(map(workflow.get("jobs")).get(name));
    }

    private List<Map<String, Object>> steps() {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Map<String, Object> job : jobs()) {
            ((List<?>) job.get("steps")).forEach(step -> steps.add(map(step)));
        }
        return steps;
    }

    @Test
    void hasExactlyTheInputsOfTheWireFormat() {
        assertThat(inputs().keySet())
                .containsExactlyInAnyOrder(
                        BatchFiles.INPUT_BATCH_ID,
                        BatchFiles.INPUT_PROMPTS_ARTIFACT,
                        BatchFiles.INPUT_MANIFEST,
                        BatchFiles.INPUT_RESULTS_BRANCH,
                        BatchFiles.INPUT_SHARDS,
                        BatchFiles.INPUT_CONTINUATION,
                        BatchFiles.INPUT_RESULTS_ARTIFACT);
        assertThat(map(inputs().get(BatchFiles.INPUT_RESULTS_BRANCH)).get("default"))
                .isEqualTo(BatchFiles.DEFAULT_RESULTS_PREFIX);
        assertThat(map(inputs().get(BatchFiles.INPUT_SHARDS)).get("default")).isEqualTo(BatchFiles.shards(1));
        assertThat(map(inputs().get(BatchFiles.INPUT_CONTINUATION)).get("default"))
                .isEqualTo("0");
        List<String> optional = List.of(
                BatchFiles.INPUT_RESULTS_BRANCH,
                BatchFiles.INPUT_SHARDS,
                BatchFiles.INPUT_CONTINUATION,
                BatchFiles.INPUT_RESULTS_ARTIFACT);
        inputs().forEach((name, input) -> {
            assertThat(map(input).get("type")).as(name).isEqualTo("string");
            assertThat(map(input).get("required")).as(name).isEqualTo(!optional.contains(name));
        });
    }

    @Test
    void itsRunsAreFoundByTheNameOfTheWireFormat() {
        BatchId batch = new BatchId("20260115-093000-k3p7qa");
        String name = (String) workflow.get("run-name");

        assertThat(name.replace("${{ inputs." + BatchFiles.INPUT_BATCH_ID + " }}", batch.value()))
                .isEqualTo(BatchFiles.runName(batch));
    }

    @Test
    void noExpressionReachesAShell() {
        assertThat(scripts())
                .isNotEmpty()
                .allSatisfy(step ->
                        assertThat((String) step.get("run")).isNotBlank().doesNotContain("${{"));
    }

    private List<Map<String, Object>> scripts() {
        return steps().stream().filter(step -> !step.containsKey("uses")).toList();
    }

    @Test
    void theOnlyActionKeepsTheResultsAsTheArtifactOfTheWireFormat() {
        BatchId batch = new BatchId("20260115-093000-k3p7qa");
        List<Map<String, Object>> actions =
                steps().stream().filter(step -> step.containsKey("uses")).toList();

        assertThat(actions).hasSize(2).allSatisfy(step -> {
            // a commit, since a tag may be moved
            assertThat((String) step.get("uses")).matches("actions/upload-artifact@[0-9a-f]{40}");
            assertThat((String) step.get("if")).contains("inputs." + BatchFiles.INPUT_RESULTS_ARTIFACT + " == 'true'");
            Map<String, Object> with = map(step.get("with"));
            assertThat(((String) with.get("name")).replace("${{ inputs.batch_id }}", batch.value()))
                    .isEqualTo(BatchFiles.resultsArtifact(batch));
            assertThat(with.get("path")).isEqualTo("${{ runner.temp }}/" + BatchFiles.ARTIFACT_FOLDER);
        });
    }

    @Test
    void expressionsNameOnlyTheBatchTheTokenSecretsAndHowJobsEnded() {
        List<String> expressions = new ArrayList<>();
        Matcher found = EXPRESSION.matcher(
                text.lines().filter(line -> !line.strip().startsWith("#")).reduce("", (a, b) -> a + b + "\n"));
        while (found.find()) {
            expressions.add(found.group());
        }
        assertThat(expressions)
                .contains("${{ inputs.batch_id }}")
                .contains("${{ fromJSON(inputs.shards) }}")
                .allMatch(e -> e.matches("\\$\\{\\{ (inputs\\.batch_id|runner\\.temp|github\\.token|secrets\\.[A-Z_]+"
                                + "|matrix\\.shard|steps\\.[a-z]+\\.outputs\\.paused|fromJSON\\(inputs\\.shards\\)) }}")
                        || CONDITIONS.contains(e));
    }

    @Test
    void secretsAreInTheEnvironmentOfExactlyOneStepAndNowhereElse() {
        List<Map<String, Object>> withSecrets = steps().stream()
                .filter(step -> step.toString().contains("secrets."))
                .toList();

        assertThat(withSecrets).hasSize(1);
        assertThat(map(withSecrets.get(0).get("env")).toString()).contains("secrets.OPENAI_API_KEY");
        assertThat((String) withSecrets.get(0).get("run")).contains("batch-runner.jar");
        long lines = text.lines().filter(line -> line.contains("secrets.")).count();
        long inThatStep = map(withSecrets.get(0).get("env")).values().stream()
                .filter(value -> value.toString().contains("secrets."))
                .count();
        assertThat(lines).isEqualTo(inThatStep);
    }

    @Test
    void mayDoNothingButWriteContents() {
        assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "write"));
        assertThat(jobs().stream().filter(job -> job.containsKey("permissions")))
                .containsExactly(job("next"));
    }

    @Test
    void onlyTheJobThatStartsTheNextRunMayStartRunsAndItSeesNoKey() {
        assertThat(job("next").get("permissions")).isEqualTo(Map.of("actions", "write", "contents", "read"));
        assertThat(List.of(job("next"), job("join")))
                .allSatisfy(job -> assertThat(job.toString()).doesNotContain("secrets.", "vendors.yaml"));
    }

    @Test
    void aBatchThatIsNotDividedRunsOneJob() {
        assertThat(job("join").get("if").toString()).contains(DIVIDED);
        assertThat(job("next").get("if").toString()).contains("outputs.paused == 'true'");
        assertThat(map(map(job("batch").get("strategy")).get("matrix"))).containsOnlyKeys("shard");
        assertThat(map(job("batch").get("strategy")).get("fail-fast")).isEqualTo(false);
    }

    @Test
    void theSoftDeadlineLeavesTimeToPushBeforeTheJobIsEnded() {
        Map<String, Object> batch = job("batch");
        Map<String, Object> answer = map(((List<?>) batch.get("steps")).get(1));
        String deadline = (String) map(answer.get("env")).get("FERRY_DEADLINE");

        assertThat(deadline).matches("[0-9]+m");
        assertThat(Integer.parseInt(deadline.replace("m", "")))
                .isLessThanOrEqualTo((Integer) batch.get("timeout-minutes") - 15);
        assertThat((String) steps().get(0).get("run")).startsWith("echo \"FERRY_JOB_STARTED=$(date +%s)\"");
    }

    @Test
    void everyJobEndsByItselfBeforeGitHubsLimit() {
        assertThat(jobs())
                .isNotEmpty()
                .allSatisfy(
                        job -> assertThat((Integer) job.get("timeout-minutes")).isBetween(1, 359));
    }

    @Test
    void oneBatchIsNeverAnsweredTwiceAtOnceNorCancelledByItself() {
        assertThat(workflow.get("concurrency"))
                .isEqualTo(Map.of("group", "batchferry-${{ inputs.batch_id }}", "cancel-in-progress", false));
    }

    @Test
    void fetchesTheFilesOfTheWireFormatFromTheDefaultBranch() {
        assertThat((String) steps().get(0).get("run"))
                .contains("/contents/.ferry\"")
                .contains("$contents/" + BatchFiles.RUNNER_JAR.substring(".ferry/".length()))
                .contains("$contents/" + BatchFiles.VENDORS.substring(".ferry/".length()))
                .doesNotContain("ref=");
    }

    @Test
    void startsNoBatchRunnerButTheOneItWasInstalledWith() {
        assertThat(WorkflowStamp.of(text).runnerSha256())
                .hasValue(RunnerRepositoryFiles.sha256(RunnerRepositoryFiles.batchRunnerJar()));
        List<String> fetching = steps().stream()
                .filter(step -> step.containsKey("run"))
                .map(step -> (String) step.get("run"))
                .filter(run -> run.contains("batch-runner.jar") && run.contains("curl"))
                .filter(run -> run.contains("--output"))
                .toList();
        assertThat(fetching)
                .hasSize(jobs().size())
                .allSatisfy(run -> assertThat(run.indexOf("sha256sum --check --strict"))
                        .isGreaterThan(run.indexOf("--output \"$RUNNER_TEMP/batch-runner.jar\"")));
        assertThat(job("batch").get("environment")).isEqualTo("batchferry");
        assertThat(jobs().stream().filter(job -> job.containsKey("environment")))
                .hasSize(1);
    }

    @Test
    void namesTheVersionOfItsBatchRunner() {
        assertThat(WorkflowStamp.of(text).version())
                .hasValueSatisfying(version -> assertThat(version).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*"));
        assertThat(WorkflowStamp.of("name: some other workflow\n"))
                .isEqualTo(new WorkflowStamp(Optional.empty(), Optional.empty(), Set.of()));
    }

    @Test
    void getsALineForEveryFurtherKey() {
        String more =
                new String(RunnerRepositoryFiles.workflow(List.of("MY_KEY", "OPENAI_API_KEY")), StandardCharsets.UTF_8);

        assertThat(WorkflowStamp.of(text).keys())
                .contains("OPENAI_API_KEY", "OPENROUTER_API_KEY")
                .doesNotContain("MY_KEY", "GITHUB_TOKEN");
        assertThat(more.replace("          MY_KEY: ${{ secrets.MY_KEY }}\n", ""))
                .isEqualTo(text);
        assertThat(WorkflowStamp.of(more).keys()).contains("MY_KEY");
    }

    @Test
    void theFirstVendorsFileNamesNoPlaceOfThisProject() {
        assertThat(new String(RunnerRepositoryFiles.vendors(), StandardCharsets.UTF_8))
                .startsWith("# .ferry/vendors.yaml of the runner repository")
                .contains("vendors:\n");
    }

    /** Given several addresses, curl reports the last one's failure only, unless it is told otherwise. */
    @Test
    void aFileThatCannotBeFetchedEndsTheFirstStep() {
        assertThat((String) steps().get(0).get("run")).contains("curl --fail --fail-early ");
    }

    @Test
    void noKeyIsGivenTwice() {
        Node root = new Yaml().compose(new StringReader(text));
        assertUniqueKeys(root);
    }

    private static void assertUniqueKeys(Node node) {
        if (node instanceof MappingNode mapping) {
            List<String> keys = mapping.getValue().stream()
                    .map(NodeTuple::getKeyNode)
                    .map(key -> ((ScalarNode) key).getValue())
                    .toList();
            assertThat(keys).doesNotHaveDuplicates();
            mapping.getValue().forEach(tuple -> assertUniqueKeys(tuple.getValueNode()));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(WorkflowFileTest::assertUniqueKeys);
        }
    }
}
