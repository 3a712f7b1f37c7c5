package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two runs of one workflow and one of another at the same time, step by step side by side, with everything called the
 * same: none sees anything of another.
 */
class TwoRunsTest {
    private static final List<String> COLORS = List.of("crimson", "azure", "emerald");
    private static final int TURNS = 4;

    /** What a secret called KEY is, in two environments and in the repository. */
    private static final Map<String, String> KEYS =
            Map.of("crimson", "open-sesame-one", "azure", "open-sesame-two", "emerald", "open-sesame-three");

    private static final String JOBS = """
              work:
                %s
                runs-on: ubuntu-latest
                outputs:
                  color: ${{ steps.say.outputs.color }}
                  key: ${{ steps.say.outputs.key }}
                steps:
                  - id: say
                    env:
                      KEY: ${{ secrets.KEY }}
                      TOKEN: ${{ github.token }}
                    run: |
                      [ -z "$(ls -A)" ]
                      echo "$COLOR" | tee mine "$RUNNER_TEMP/mine" > "$HOME_OF_RUN"
                      mkdir bin
                      echo "echo $COLOR" > bin/my-color
                      chmod +x bin/my-color
                      echo "$PWD/bin" >> "$GITHUB_PATH"
                      echo "MY_COLOR=$COLOR" >> "$GITHUB_ENV"
                      echo "color=$COLOR" >> "$GITHUB_OUTPUT"
                      echo "key=$(printf %%s "$KEY" | sha256sum | cut -c1-16)" >> "$GITHUB_OUTPUT"
                      echo "my color is $COLOR and my key is $KEY"
                      echo "::add-mask::hidden by $COLOR"
                      echo "$TOKEN" > "$SIGNALS/token-$COLOR"
                      %s
                  - run: |
                      %s
                      [ "$MY_COLOR $(my-color)" = "$COLOR $COLOR" ]
                      [ "$(cat mine "$RUNNER_TEMP/mine" "$HOME_OF_RUN")" = "$COLOR"$'\\n'"$COLOR"$'\\n'"$COLOR" ]
                      [ "${{ steps.say.outputs.color }}" = "$COLOR" ]
                      grep -q "\\"color\\": *\\"$COLOR\\"" "$GITHUB_EVENT_PATH"
                      for other in ${OTHERS/$COLOR}; do echo "hidden by $other"; done
                  - uses: actions/upload-artifact@v4
                    with: { name: result, path: mine }
                  - run: |
                      %s
              check:
                needs: work
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/download-artifact@v4
                    with: { name: result }
                  - run: |
                      %s
                      [ "$(cat mine)" = "$COLOR" ]
                      [ "${{ needs.work.outputs.color }}" = "$COLOR" ]
                      echo "${{ needs.work.outputs.key }}" > "$SIGNALS/key-$COLOR"
            """;

    private static final String WORKFLOW = """
            name: %s
            on:
              workflow_dispatch:
                inputs:
                  color: { required: true, type: string }
            permissions: { %s }
            env:
              SIGNALS: %s
              COLOR: ${{ inputs.color }}
              OTHERS: %s
              HOME_OF_RUN: ${{ github.workspace }}/of-run
            jobs:
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
            github.createRepository("acme", "colors");
            github.createRepository("acme", "other");
            github.setSecret("acme", "colors", "KEY", KEYS.get("emerald"));
            for (String color : COLORS.subList(0, 2)) {
                github.createEnvironment("acme", "colors", color, EnvironmentRules.NONE);
                github.setSecret("acme", "colors", color, "KEY", KEYS.get(color));
            }
        }
        server = ServedGitHub.start(home);
        repository = new Repository(server.api(), "acme/colors")
                .workflow("painter.yml", workflow("Painter", "contents: read", "environment: ${{ inputs.color }}"))
                .workflow("sprayer.yml", workflow("Sprayer", "contents: write, actions: read", "timeout-minutes: 10"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String workflow(String name, String permissions, String extra) {
        return WORKFLOW.formatted(name, permissions, folder, String.join(" ", COLORS))
                + JOBS.formatted(extra, turn(1), turn(2), turn(3), turn(4));
    }

    /** A script that says that it is its turn, and goes on when all are. */
    private String turn(int number) {
        return "touch \"$SIGNALS/$COLOR-" + number + "\"; " + signals.await("go-" + number);
    }

    @Test
    void threeRunsSideBySideDoNotMix() throws Exception {
        Map<String, Long> runs = new LinkedHashMap<>();
        runs.put("crimson", repository.dispatch("painter.yml", Map.of("color", "crimson")));
        runs.put("azure", repository.dispatch("painter.yml", Map.of("color", "azure")));
        runs.put("emerald", repository.dispatch("sprayer.yml", Map.of("color", "emerald")));

        for (int turn = 1; turn <= TURNS; turn++) {
            for (String color : COLORS) {
                signals.receive(color + "-" + turn);
            }
            if (turn == 1) {
                tokensMayDoWhatTheirPermissionsSay();
            } else if (turn == TURNS) {
                tokensAreWorthNothing(runs.values());
            }
            signals.send("go-" + turn);
        }
        runs.values().forEach(repository::awaitSuccess);

        for (String color : COLORS) {
            long run = runs.get(color);
            String log = repository.log(run, "work");
            assertThat(log).contains("my color is " + color + " and my key is ***");
            for (String other : COLORS) {
                assertThat(log).doesNotContain(KEYS.get(other));
                if (!other.equals(color)) {
                    // what another run masks is no secret here
                    assertThat(log).doesNotContain("my color is " + other).contains("hidden by " + other);
                }
            }
            assertThat(folder.resolve("key-" + color))
                    .hasContent(Texts.sha256(KEYS.get(color).getBytes(UTF_8)).substring(0, 16));
            assertThat(repository.artifacts(run))
                    .hasSize(1)
                    .first()
                    .satisfies(
                            artifact -> assertThat(repository.files(artifact)).isEqualTo(Map.of("mine", color + "\n")));
        }
    }

    /** While their jobs run. */
    private void tokensMayDoWhatTheirPermissionsSay() throws Exception {
        String write = "{\"message\": \"Add\", \"content\": \"YQ==\"}";
        Api reader = server.api().as(token("crimson"));
        Api writer = server.api().as(token("emerald"));
        assertThat(List.of(token("azure"), token("emerald"))).doesNotContain(token("crimson"));

        reader.get(repository.path("/contents/.github"));
        refused(reader.expect(403, "PUT", repository.path("/contents/new"), write)
                .toString());
        refused(reader.expect(403, "GET", repository.path("/actions/runs"), "").toString());
        writer.expect(201, "PUT", repository.path("/contents/new"), write);
        writer.get(repository.path("/actions/runs"));
        refused(writer.expect(
                        403,
                        "POST",
                        repository.path("/actions/workflows/painter.yml/dispatches"),
                        Repository.dispatching(Map.of("color", "azure")))
                .toString());
        refused(writer.expect(403, "GET", repository.path("/issues"), "").toString());
        for (Api either : List.of(reader, writer)) {
            either.get(repository.path(""));
            either.expect(404, "GET", "/repos/acme/other", "");
            refused(either.expect(403, "GET", "/user", "").toString());
        }
    }

    /** While their runs go on. */
    private void tokensAreWorthNothing(Collection<Long> runs) throws IOException {
        for (String color : COLORS) {
            server.api().as(token(color)).expect(401, "GET", repository.path(""), "");
        }
        assertThat(runs)
                .allMatch(run -> repository.run(run).path("status").asText().equals("in_progress"));
    }

    private static void refused(String answer) {
        assertThat(answer).contains("Resource not accessible by integration");
    }

    private String token(String color) throws IOException {
        return Files.readString(folder.resolve("token-" + color)).strip();
    }
}
