package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reusable workflows: called, nested, from another repository, with what their callers give them and no more. */
class CalledWorkflowTest {
    private static final String KEY = "open-sesame-5150";

    private static final String CALLER = """
            name: Caller
            on:
              workflow_dispatch:
                inputs:
                  who: { type: string, required: true }
                  times: { type: number, default: 2 }
            permissions: { contents: write, actions: read }
            env:
              OF_CALLER: seen
            jobs:
              before:
                runs-on: ubuntu-latest
                outputs:
                  greeting: ${{ steps.greet.outputs.greeting }}
                steps:
                  - id: greet
                    run: echo "greeting=Good morning" >> "$GITHUB_OUTPUT"; cp "$GITHUB_EVENT_PATH" %s/event-own
              named:
                needs: before
                permissions: { contents: read }
                uses: ./.github/workflows/middle.yml
                with:
                  text: ${{ needs.before.outputs.greeting }}, ${{ inputs.who }}
                  times: ${{ inputs.times }}
                  loud: true
                secrets:
                  key: ${{ secrets.OUTER_KEY }}
              inherited:
                uses: ./.github/workflows/inner.yml
                with: { place: inherited }
                secrets: inherit
              theirs:
                uses: acme/shared/.github/workflows/theirs.yml@main
              after:
                needs: [named, inherited, theirs]
                runs-on: ubuntu-latest
                env:
                  SAID: ${{ needs.named.outputs.said }}|${{ needs.inherited.outputs.said }}|${{ needs.theirs.outputs.said }}
                steps:
                  - run: echo "$SAID" > %s/said
            """;

    private static final String MIDDLE = """
            on:
              workflow_call:
                inputs:
                  text: { type: string, required: true }
                  times: { type: number, required: true }
                  loud: { type: boolean }
                  end: { type: string, default: "!" }
                secrets:
                  key: { required: true }
                outputs:
                  said: { value: "${{ jobs.nested.outputs.said }} by ${{ jobs.nested.result }}" }
            jobs:
              nested:
                uses: ./.github/workflows/inner.yml
                with:
                  place: nested
                  text: ${{ inputs.text }}${{ inputs.loud && inputs.end }} ${{ inputs.times == 3 && 'thrice' }}
                secrets:
                  OUTER_KEY: ${{ secrets.key }}
            """;

    private static final String INNER = """
            on:
              workflow_call:
                inputs:
                  place: { type: string, required: true }
                  text: { type: string, default: "hello from ${{ github.ref_name }}" }
                secrets:
                  OUTER_KEY: { description: what it is called here, required: false }
                outputs:
                  said: { value: "${{ jobs.leaf.outputs.said }}" }
            jobs:
              leaf:
                runs-on: ubuntu-latest
                outputs:
                  said: ${{ steps.say.outputs.said }}
                steps:
                  - id: say
                    env:
                      PLACE: ${{ inputs.place }}
                      TEXT: ${{ inputs.text }}
                      SECRETS: ${{ secrets.OUTER_KEY || 'none' }}/${{ secrets.UNRELATED || 'none' }}
                      TOKEN: ${{ github.token }}
                    run: |
                      echo "said=$TEXT" >> "$GITHUB_OUTPUT"
                      echo "secrets are $SECRETS"
                      [ "$SECRETS" = "$(cat %1$s/expected-$PLACE)" ]
                      echo "$GITHUB_WORKFLOW $GITHUB_WORKFLOW_REF $GITHUB_EVENT_NAME ${OF_CALLER:-unseen}" > %1$s/facts-$PLACE
                      cp "$GITHUB_EVENT_PATH" %1$s/event-$PLACE
                      echo "$TOKEN" > %1$s/token-$PLACE
                      touch %1$s/ready-$PLACE
                      %2$s
            """;

    private static final String THEIRS = """
            on:
              workflow_call:
                outputs:
                  said: { value: "${{ jobs.job.outputs.said }}" }
            jobs:
              job:
                runs-on: ubuntu-latest
                outputs:
                  said: ${{ steps.say.outputs.said }}
                steps:
                  - uses: actions/checkout@v4
                  - id: say
                    run: echo "said=$GITHUB_REPOSITORY has $(ls .github/workflows | wc -l) and ${{ secrets.OUTER_KEY || 'no key' }}" >> "$GITHUB_OUTPUT"
            """;

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private Signals signals;
    private ServedGitHub server;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        signals = new Signals(folder);
        try (LocalGitHub github = Embedded.start(home)) {
            github.createRepository("acme", "caller");
            github.setSecret("acme", "caller", "OUTER_KEY", KEY);
            github.setSecret("acme", "caller", "UNRELATED", "unrelated-1");
        }
        Files.writeString(folder.resolve("expected-nested"), KEY + "/none");
        Files.writeString(folder.resolve("expected-inherited"), KEY + "/unrelated-1");
        server = ServedGitHub.start(home);
        server.api().create("acme", "shared").workflow("theirs.yml", THEIRS);
        repository = new Repository(server.api(), "acme/caller")
                .workflow("caller.yml", CALLER.formatted(folder, folder))
                .workflow("middle.yml", MIDDLE)
                .workflow("inner.yml", INNER.formatted(folder, signals.await("go")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void calledWorkflowsGetWhatTheirCallersGiveThemAndNoMore() throws Exception {
        long run = repository.dispatch("caller.yml", Map.of("who", "world", "times", "3"));
        signals.receive("ready-nested");
        signals.receive("ready-inherited");
        permissionsOnlyShrink();
        signals.send("go");
        repository.awaitSuccess(run);

        assertThat(repository.conclusions(run))
                .containsOnly(
                        entry("before", "success"),
                        entry("named / nested / leaf", "success"),
                        entry("inherited / leaf", "success"),
                        entry("theirs / job", "success"),
                        entry("after", "success"));
        assertThat(folder.resolve("said"))
                .hasContent("Good morning, world! thrice by success|hello from main|acme/caller has 3 and no key");
        for (String place : List.of("nested", "inherited")) {
            assertThat(folder.resolve("facts-" + place))
                    .hasContent("Caller acme/caller/.github/workflows/caller.yml@refs/heads/main"
                            + " workflow_dispatch unseen");
            assertThat(folder.resolve("event-" + place)).hasSameBinaryContentAs(folder.resolve("event-own"));
        }
        JsonNode event =
                new ObjectMapper().readTree(folder.resolve("event-nested").toFile());
        assertThat(event.path("inputs").path("who").asText()).isEqualTo("world");
        assertThat(event.path("inputs").path("times").asText()).isEqualTo("3");
        assertThat(event.path("workflow").asText()).isEqualTo(".github/workflows/caller.yml");
        assertThat(repository.log(run, "named / nested / leaf"))
                .contains("secrets are ***/none")
                .doesNotContain(KEY);
        assertThat(repository.run(run).path("referenced_workflows").findValuesAsText("path"))
                .containsExactlyInAnyOrder(
                        "acme/caller/.github/workflows/middle.yml@refs/heads/main",
                        "acme/caller/.github/workflows/inner.yml@refs/heads/main",
                        "acme/shared/.github/workflows/theirs.yml@main");
    }

    /** While the called jobs run: one was called through a job that gives less. */
    private void permissionsOnlyShrink() throws IOException {
        String write = "{\"message\": \"Add\", \"content\": \"YQ==\"}";
        Api nested =
                server.api().as(Files.readString(folder.resolve("token-nested")).strip());
        Api inherited = server.api()
                .as(Files.readString(folder.resolve("token-inherited")).strip());

        nested.get(repository.path("/contents/.github"));
        nested.expect(403, "PUT", repository.path("/contents/new"), write);
        nested.expect(403, "GET", repository.path("/actions/runs"), "");
        inherited.expect(201, "PUT", repository.path("/contents/new"), write);
        inherited.get(repository.path("/actions/runs"));
    }
}
