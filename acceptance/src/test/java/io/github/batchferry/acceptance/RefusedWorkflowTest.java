package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded GitHub cannot do it refuses before anything starts: all at once, by name and by line. */
class RefusedWorkflowTest {
    private static final String WORKFLOW = """
            name: Too much
            on:
              workflow_dispatch:
              pull_requests:
            jobs:
              easy:
                runs-on: ubuntu-latest
                steps:
                  - run: touch %s
              boxed:
                runs-on: ubuntu-latest
                container: node:20
                services:
                  redis: { image: redis }
                steps:
                  - uses: docker://alpine:3.20
                  - uses: actions/setup-node@v4
                  - shell: pwsh
                    run: Get-Date
              elsewhere:
                runs-on: windows-latest
                steps:
                  - uses: actions/checkout@v4
                    with: { submodules: recursive }
                  - run: echo "${{ context.value }}"
                timeout-minute: 5
            """;

    @TempDir
    Path home;

    private ServedGitHub server;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        server = ServedGitHub.start(home);
        repository = server.api().create("acme", "refused");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tenThingsAreRefusedAtOnceAndNothingStarts() throws Exception {
        Path started = home.resolve("started");
        repository.workflow("much.yml", WORKFLOW.formatted(started));

        List<String> problems = refusal("much.yml").stream()
                .map(line -> line.replaceFirst("^\\.github/workflows/much\\.yml:", ""))
                .toList();
        String not = ": the embedded GitHub does not support ";
        assertThat(problems).hasSize(10);
        assertThat(problems.get(0)).isEqualTo("4: unknown trigger `pull_requests`");
        assertThat(problems.get(1)).isEqualTo("12" + not + "`container` yet");
        assertThat(problems.get(2)).isEqualTo("13" + not + "`services` yet");
        assertThat(problems.get(3)).isEqualTo("16" + not + "`uses: docker://alpine:3.20` yet");
        assertThat(problems.get(4)).startsWith("17" + not + "the action `actions/setup-node@v4` yet");
        assertThat(problems.get(5)).isEqualTo("18" + not + "`shell: pwsh` yet");
        assertThat(problems.get(6)).startsWith("21: ").contains("`runs-on: windows-latest`");
        assertThat(problems.get(7)).isEqualTo("24" + not + "the input `submodules` of actions/checkout yet");
        assertThat(problems.get(8)).startsWith("25: ").contains("context");
        assertThat(problems.get(9)).startsWith("26: ").contains("`timeout-minute`");
        assertThat(started).doesNotExist();
    }

    @Test
    void whatIsCalledIsLookedAtTooBeforeAnythingStarts() {
        repository.workflow("caller.yml", """
                on: workflow_dispatch
                jobs:
                  first:
                    runs-on: ubuntu-latest
                    steps: [ { run: "true" } ]
                  call:
                    needs: first
                    uses: ./.github/workflows/called.yml
                """).workflow("called.yml", """
                on: workflow_call
                jobs:
                  job:
                    runs-on: macos-latest
                    steps: [ { run: "true" } ]
                """);

        assertThat(refusal("caller.yml"))
                .hasSize(1)
                .allMatch(problem -> problem.startsWith(".github/workflows/called.yml:4: ")
                        && problem.contains("`runs-on: macos-latest`"));
    }

    /** The problems that a dispatch is refused for; no run may have been made. */
    private List<String> refusal(String workflow) {
        String message = server.api()
                .expect(
                        422,
                        "POST",
                        repository.path("/actions/workflows/" + workflow + "/dispatches"),
                        Repository.dispatching(Map.of()))
                .path("message")
                .asText();
        assertThat(server.api().all(repository.path("/actions/runs"), "workflow_runs"))
                .isEmpty();
        return message.lines().toList();
    }
}
