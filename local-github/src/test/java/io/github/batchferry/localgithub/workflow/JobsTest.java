package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.PATH;
import static io.github.batchferry.localgithub.workflow.Reading.contexts;
import static io.github.batchferry.localgithub.workflow.Reading.job;
import static io.github.batchferry.localgithub.workflow.Reading.problems;
import static io.github.batchferry.localgithub.workflow.Reading.steps;
import static io.github.batchferry.localgithub.workflow.Reading.withJob;
import static io.github.batchferry.localgithub.workflow.Reading.withTop;
import static io.github.batchferry.localgithub.workflow.Reading.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobsTest {
    private static final Contexts CONTEXTS =
            contexts("inputs", "{\"os\":\"ubuntu-24.04\",\"list\":[1,\"x\"],\"n\":3}", "matrix", "{\"os\":\"linux\"}");

    /** Jobs by id with what they need, such as {@code a: [b, c]}. */
    private static String needing(String... jobs) {
        return "on: workflow_dispatch\njobs:\n"
                + List.of(jobs).stream()
                        .map(job -> "  " + job.replaceFirst(": ", ": { runs-on: linux, steps: [{ run: x }], needs: ")
                                + " }\n")
                        .collect(Collectors.joining());
    }

    @Test
    void whatAJobMaySayIsRead() throws InvalidWorkflowException {
        Job job = job(withJob("""
                name: On ${{ matrix.os }}
                environment: { name: prod, url: "https://${{ steps.a.outputs.host }}" }
                concurrency: { group: "g-${{ matrix.os }}", cancel-in-progress: "${{ inputs.n > 2 }}" }
                outputs: { x: "${{ steps.a.outputs.x }}" }
                env: { N: "${{ inputs.n }}", V: 3.10 }
                defaults: { run: { shell: sh, working-directory: "${{ env.V }}" } }
                strategy: { matrix: { os: [linux, x64] }, fail-fast: false, max-parallel: 2 }
                timeout-minutes: ${{ inputs.n }}
                continue-on-error: ${{ inputs.n == 3 }}
                """));

        assertThat(job.name().orElseThrow().evaluate(CONTEXTS)).isEqualTo("On linux");
        Workflow.Concurrency group = job.concurrency().orElseThrow();
        assertThat(group.group().evaluate(CONTEXTS)).isEqualTo("g-linux");
        assertThat(group.cancelInProgress().evaluate(CONTEXTS)).isEqualTo("true");
        Job.Steps body = (Job.Steps) job.body();
        assertThat(body.environment().orElseThrow().name()).hasToString("prod");
        assertThat(body.environment().orElseThrow().url().orElseThrow())
                .hasToString("https://${{ steps.a.outputs.host }}");
        assertThat(body.outputs().get("x")).hasToString("${{ steps.a.outputs.x }}");
        assertThat(body.env().get("N").evaluate(CONTEXTS)).isEqualTo("3");
        assertThat(body.env().get("V").evaluate(CONTEXTS)).isEqualTo("3.1");
        assertThat(body.defaults().shell().orElseThrow()).hasToString("sh");
        assertThat(body.defaults().workingDirectory().orElseThrow()).hasToString("${{ env.V }}");
        assertThat(body.timeoutMinutes().orElseThrow().evaluate(CONTEXTS)).isEqualTo("3");
        assertThat(body.continueOnError().orElseThrow().evaluate(CONTEXTS)).isEqualTo("true");
        assertThat(job.strategy().orElseThrow().failFast().orElseThrow()).hasToString("false");
        assertThat(job.strategy().orElseThrow().maxParallel().orElseThrow()).hasToString("2");
    }

    @Test
    void anEmptyNameIsNone() throws InvalidWorkflowException {
        assertThat(job(withJob("name: ''")).name()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ubuntu-latest                        | "ubuntu-latest"
            [self-hosted, Linux, ARM64]          | ["self-hosted","Linux","ARM64"]
            { labels: [x64] }                    | ["x64"]
            { labels: linux }                    | "linux"
            ${{ inputs.os }}                     | "ubuntu-24.04"
            ${{ inputs.list }}                   | [1,"x"]
            ["${{ matrix.os }}", self-hosted]    | ["linux","self-hosted"]
            """)
    void labelsMayBeWrittenInAnyForm(String runsOn, String labels) throws InvalidWorkflowException {
        Job.Steps body = steps(Reading.withJob("").replace("ubuntu-24.04", runsOn));

        assertThat(body.runsOn().evaluate(CONTEXTS)).hasToString(labels);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            macos-15                     | the embedded GitHub does not support `runs-on: macos-15` yet; it runs ubuntu and self-hosted jobs, on this machine
            [self-hosted, gpu]           | the embedded GitHub does not support `runs-on: gpu` yet; it runs ubuntu and self-hosted jobs, on this machine
            { group: large }             | the embedded GitHub does not support `group` yet
            []                           | `runs-on` must be a label or a list of labels
            [[x]]                        | `runs-on` must be a label or a list of labels
            {}                           | `runs-on` lacks `labels`
            ''                           | `runs-on` must be a label or a list of labels
            """)
    void labelsOfOtherMachinesAreRefused(String runsOn, String problem) {
        assertThat(problems(withJob("").replace("ubuntu-24.04", runsOn == null ? "" : runsOn)))
                .contains(PATH + ":4: " + problem);
    }

    @Test
    void needsAreIdsOfOtherJobsInAnyCase() throws InvalidWorkflowException {
        List<Job> jobs = workflow(needing("a: []", "b: A", "c: [a, b, a]")).jobs();

        assertThat(jobs).extracting(Job::needs).containsExactly(List.of(), List.of("a"), List.of("a", "b"));
    }

    @Test
    void needsThatCannotBeMetAreReportedWithTheJobs() {
        assertThat(problems(needing("a: b", "b: c", "c: [d, a]", "d: []", "e: a", "f: f", "g: [d, h]")))
                .containsExactly(
                        PATH + ":3: jobs wait for each other: `a` needs `b` needs `c` needs `a`",
                        PATH + ":8: jobs wait for each other: `f` needs `f`",
                        PATH + ":9: the job `g` needs `h`, which is no job here");
    }

    @Test
    void aLongChainOfJobsIsNoCircle() throws InvalidWorkflowException {
        String[] jobs = IntStream.range(0, 3_000)
                .mapToObj(i -> "j" + i + ": [" + (i < 2_999 ? "j" + (i + 1) : "") + "]")
                .toArray(String[]::new);

        assertThat(workflow(needing(jobs)).jobs()).hasSize(3_000);
    }

    @ParameterizedTest
    @CsvSource({"1st, true", "a b, true", "__x, true", "a.b, true", "'', true", "_x-1, false", "A9, false"})
    void idsOfJobsAreLettersDigitsHyphensAndUnderscores(String id, boolean refused) throws InvalidWorkflowException {
        String yaml = "on: workflow_dispatch\njobs:\n  '" + id + "': { runs-on: linux, steps: [{ run: x }] }\n";

        if (refused) {
            assertThat(problems(yaml)).singleElement().asString().startsWith(PATH + ":3: `" + id + "` is not an id");
        } else {
            assertThat(job(yaml).id()).isEqualTo(id);
        }
    }

    @Test
    void anIdHasFewerThanAHundredCharacters() throws InvalidWorkflowException {
        assertThat(workflow(needing("a".repeat(99) + ": []")).jobs()).hasSize(1);
        assertThat(problems(needing("a".repeat(100) + ": []"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout-minutes: soon              | `timeout-minutes` must be a number, or one expression that gives it; found `soon`
            timeout-minutes: '5'               | `timeout-minutes` must be a number, or one expression that gives it; found `5`
            timeout-minutes: -1                | `timeout-minutes` must be a number, or one expression that gives it; found `-1`
            timeout-minutes: ${{ inputs.a }}0  | `timeout-minutes` must be a number, or one expression that gives it; found `${{ inputs.a }}0`
            continue-on-error: yes             | `continue-on-error` must be true or false, or one expression that gives it; found `yes`
            strategy: { max-parallel: 0 }      | `max-parallel` must be a number from 1, or one expression that gives it; found `0`
            strategy: { fail-fast: 1 }         | `fail-fast` must be true or false, or one expression that gives it; found `1`
            strategy: ${{ inputs.a }}          | the embedded GitHub does not support an expression for the whole of `strategy` yet
            strategy: { matrix: {} }           | `matrix` must hold a list of values, `include`, or be an expression
            strategy: { matrix: { a: 1 } }     | `a` must be a list, or an expression that gives one
            strategy: { matrix: { a: [] } }    | `a` must hold a value
            strategy: { matrix: { include: [1] } }  | `include` must be a list of mappings of names to values
            strategy: { matrix: { a: ["${{ secrets.A }}"] } } | Unrecognized named-value: 'secrets'. Located at position 1 within expression: secrets.A; known here: github, inputs, needs, vars
            env: ${{ inputs.a }}               | the embedded GitHub does not support an expression for the whole of `env` yet
            env:                               | `env` must be a mapping of keys to values
            env: { A=B: x }                    | `A=B` is not a name for a variable
            environment: { url: x }            | `environment` lacks a `name`
            environment: { name: x, deployment: false } | the embedded GitHub does not support `deployment` yet
            concurrency: { queue: max }        | `concurrency` lacks a `group`
            concurrency: ''                    | `concurrency` must not be empty
            concurrency: { group: a, queue: 2 } | `queue` must be single or max, found `2`
            concurrency: { group: a, queue: max, cancel-in-progress: true } | `queue: max` keeps what `cancel-in-progress: true` stops; use one of them
            defaults: { run: { shell: cmd } }  | the embedded GitHub does not support `shell: cmd` yet
            with: {}                           | unknown key `with`; a job may have name, needs, if, runs-on, environment, concurrency, permissions, outputs, env, defaults, strategy, timeout-minutes, continue-on-error, steps
            permissions: { contents: admin }   | `contents` must be read, write or none, found `admin`
            permissions: { id-token: read }    | `id-token` must be write or none, found `read`
            permissions: { models: write }     | `models` must be read or none, found `write`
            permissions: { secrets: read }     | the embedded GitHub does not support the permission `secrets` yet
            permissions: read                  | `permissions` must be read-all, write-all or a mapping of scopes
            needs: "${{ inputs.a }}"           | `needs` takes no expressions
            """)
    void whatAJobCannotSayIsRefused(String line, String problem) {
        assertThat(problems(withJob(line))).containsExactly(PATH + ":7: " + problem);
    }

    @Test
    void aMatrixKeepsTheKindsOfItsValues() throws InvalidWorkflowException {
        String evaluated = "{\"a\":[1,\"1\",true,null,\"linux\",{\"k\":[0.5,\"3.10\"]}],\"b\":[1,\"x\"],"
                + "\"include\":[{\"a\":2}],\"exclude\":[3]}";
        Job job = job(withJob("""
                strategy:
                  matrix:
                    a: [1, '1', true, ~, "${{ inputs.l }}", { k: [.5, '3.10'] }]
                    b: ${{ inputs.list }}
                    include: [{ a: 2 }]
                    exclude: ["${{ inputs.n }}"]
                """));

        Contexts contexts = contexts("inputs", "{\"l\":\"linux\",\"list\":[1,\"x\"],\"n\":3}");
        assertThat(job.strategy().orElseThrow().matrix().orElseThrow().evaluate(contexts))
                .hasToString(evaluated);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a                                             | false | false
            { group: a }                                  | false | false
            { group: a, cancel-in-progress: true }        | true  | false
            { group: a, queue: max }                      | false | true
            { group: a, queue: single }                   | false | false
            """)
    void concurrencyMayBeATextOrAMapping(String written, String cancel, boolean queueMax)
            throws InvalidWorkflowException {
        for (Workflow.Concurrency group : List.of(
                workflow(withTop("concurrency: " + written)).concurrency().orElseThrow(),
                job(withJob("concurrency: " + written)).concurrency().orElseThrow())) {
            assertThat(group.group()).hasToString("a");
            assertThat(group.cancelInProgress()).hasToString(cancel);
            assertThat(group.queueMax()).isEqualTo(queueMax);
        }
    }

    @Test
    void aJobMayCallAWorkflow() throws InvalidWorkflowException {
        Workflow workflow = workflow("""
                on: workflow_dispatch
                jobs:
                  own:
                    uses: ./.github/workflows/called.yml
                    with: { a: "${{ inputs.n }}", b: 1, c: true }
                    secrets: { KEY: "${{ secrets.OTHER }}" }
                    strategy: { matrix: { os: [linux] } }
                  other:
                    needs: own
                    if: always()
                    uses: octo/tools/.github/workflows/x.yaml@v1
                    secrets: inherit
                    permissions: {}
                    concurrency: g
                """);

        Job.Call own = (Job.Call) workflow.jobs().get(0).body();
        assertThat(own.workflow()).hasToString("./.github/workflows/called.yml");
        assertThat(own.inheritSecrets()).isFalse();
        assertThat(own.secrets().get("KEY")).hasToString("${{ secrets.OTHER }}");
        assertThat(own.with().get("a").value(CONTEXTS)).hasToString("3");
        Job.Call other = (Job.Call) workflow.jobs().get(1).body();
        assertThat(other.inheritSecrets()).isTrue();
        assertThat(workflow.jobs().get(1).permissions().orElseThrow().allow("contents", Access.READ))
                .isFalse();
        assertThat(other.workflow()).hasToString("octo/tools/.github/workflows/x.yaml@v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./called.yml",
                "./.github/workflows/sub/x.yml",
                "./.github/workflows/x.yml@main",
                "octo/tools/.github/workflows/x.yml",
                "octo/tools@v1",
                ""
            })
    void whatIsNoWorkflowFileCannotBeCalled(String uses) {
        assertThat(problems("on: workflow_dispatch\njobs:\n  a:\n    uses: " + uses + "\n"))
                .containsExactly(PATH + ":4: cannot call `" + uses + "`: expected `./.github/workflows/<file>.yml`"
                        + " or `<owner>/<repository>/.github/workflows/<file>.yml@<ref>`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runs-on: linux          | unknown key `runs-on`; a job with `uses` may have name, needs, if, uses, with, secrets, concurrency, permissions, strategy
            secrets: all            | `secrets` must be a mapping of keys to values
            with: { a: "${{ secrets.A }}" } | Unrecognized named-value: 'secrets'. Located at position 1 within expression: secrets.A; known here: github, inputs, matrix, needs, strategy, vars
            with: { a: [1] }        | `a` must be a text
            """)
    void whatACallCannotSayIsRefused(String line, String problem) {
        assertThat(problems(
                        "on: workflow_dispatch\njobs:\n  a:\n    uses: ./.github/workflows/x.yml\n    " + line + "\n"))
                .containsExactly(PATH + ":5: " + problem);
    }

    @Test
    void aWorkflowMustHaveAJob() {
        assertThat(problems("on: workflow_dispatch\n")).containsExactly(PATH + ":1: `jobs` must hold a job");
        assertThat(problems("on: workflow_dispatch\njobs: {}\n")).containsExactly(PATH + ":2: `jobs` must hold a job");
        assertThat(problems("on: workflow_dispatch\njobs:\n  a: { runs-on: linux, steps: }\n"))
                .containsExactly(PATH + ":3: `steps` must be a list");
        assertThat(problems("on: workflow_dispatch\njobs:\n  a:\n"))
                .contains(PATH + ":3: `a` must be a mapping of keys to values");
    }

    @Test
    void aJobMayHaveNoSteps() throws InvalidWorkflowException {
        assertThat(steps("on: workflow_dispatch\njobs:\n  a: { runs-on: linux, steps: [] }\n")
                        .steps())
                .isEmpty();
        assertThat(steps("on: workflow_dispatch\njobs:\n  a: { runs-on: linux }\n")
                        .steps())
                .isEmpty();
    }

    @Test
    void whatNobodyGrantedIsEverythingButAnIdentity() throws InvalidWorkflowException {
        assertThat(granted(withTop("")))
                .containsEntry("contents", Access.WRITE)
                .containsEntry("models", Access.READ)
                .containsEntry("id-token", Access.NONE);
        assertThat(granted(withTop("permissions: write-all"))).containsEntry("id-token", Access.WRITE);
        assertThat(granted(withTop("permissions: read-all")))
                .containsEntry("contents", Access.READ)
                .containsEntry("id-token", Access.NONE);
        assertThat(granted(withTop("permissions: {}"))).isEmpty();
        assertThat(granted(withTop("permissions: { id-token: write }"))).isEqualTo(Map.of("id-token", Access.WRITE));
    }

    private static Map<String, Access> granted(String yaml) throws InvalidWorkflowException {
        Workflow workflow = workflow(yaml);
        return workflow.jobs().get(0).tokenPermissions(workflow).granted();
    }
}
