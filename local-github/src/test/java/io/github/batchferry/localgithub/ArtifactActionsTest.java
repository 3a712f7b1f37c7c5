package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code actions/upload-artifact} and {@code actions/download-artifact} as the embedded GitHub does them. */
class ArtifactActionsTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long run(String steps) throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                """ + steps.indent(6));
        long run = hub.dispatch();
        hub.awaitEnd(run);
        return run;
    }

    private long success(String steps) throws IOException {
        long run = run(steps);
        assertThat(hub.run(run).path("conclusion").asText()).as(hub.log(run)).isEqualTo("success");
        return run;
    }

    private List<JsonNode> artifacts(long run) {
        return hub.json(Hub.repository("/actions/runs/" + run + "/artifacts"))
                .path("artifacts")
                .findParents("name");
    }

    @Test
    void whatOneStepUploadsAnotherDownloads() throws IOException {
        long run = success("""
                - run: mkdir -p out/deep; echo a > out/a.txt; echo b > out/deep/b.txt; ln -s a.txt out/link; echo h > out/.hidden
                - { id: up, uses: actions/upload-artifact@v4, with: { name: results, path: out, retention-days: 7 } }
                - run: |
                    test "${{ steps.up.outputs.artifact-url }}" = \\
                      "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID/artifacts/${{ steps.up.outputs.artifact-id }}"
                    echo '${{ steps.up.outputs.artifact-digest }}' | grep -qE '^[0-9a-f]{64}$'
                - { id: down, uses: actions/download-artifact@v5, with: { name: results, path: in } }
                - run: |
                    test "${{ steps.down.outputs.download-path }}" = "$PWD/in"
                    test "$(cd in; find . -type f | sort | tr '\\n' ' ')" = "./a.txt ./deep/b.txt ./link "
                    test "$(cat in/a.txt in/deep/b.txt in/link | tr '\\n' ' ')" = "a b a "
                """);

        JsonNode artifact = artifacts(run).get(0);
        assertThat(artifact.path("name").asText()).isEqualTo("results");
        assertThat(artifact.at("/workflow_run/id").asLong()).isEqualTo(run);
        assertThat(artifact.path("digest").asText()).startsWith("sha256:");
        assertThat(hub.log(run))
                .contains("With the provided path, there will be 3 files uploaded")
                .contains("Artifact results has been successfully uploaded! Final size is "
                        + artifact.path("size_in_bytes").asText() + " bytes.");
    }

    @Test
    void pathsAreFoundByPatternsAndKeepWhatTheyHaveInCommon() throws IOException {
        success("""
                - run: mkdir -p a/x a/y b; touch a/x/1.txt a/x/2.log a/y/3.txt b/4.txt b/.dot
                - uses: actions/upload-artifact@v4
                  with:
                    name: some
                    path: |
                      # all texts but one
                      a/**/*.txt
                      ${{ github.workspace }}/b/
                      !a/y
                    include-hidden-files: true
                - { uses: actions/upload-artifact@v4, with: { name: single, path: a/x/2.log } }
                - { uses: actions/upload-artifact@v4, with: { name: one-root, path: "a/**/?.log" } }
                - { uses: actions/download-artifact@v4, with: { path: all } }
                - run: |
                    cd all
                    test "$(find . -type f | sort | tr '\\n' ' ')" = \\
                      "./one-root/x/2.log ./single/2.log ./some/a/x/1.txt ./some/b/.dot ./some/b/4.txt "
                """);
    }

    @Test
    void nothingFoundIsSaidAsAskedFor() throws IOException {
        long run = run("""
                - { uses: actions/upload-artifact@v4, with: { path: none } }
                - { uses: actions/upload-artifact@v4, with: { path: none, if-no-files-found: ignore } }
                - { id: bad, uses: actions/upload-artifact@v4, with: { path: none, if-no-files-found: error } }
                """);

        String message = "No files were found with the provided path: none. No artifacts will be uploaded.";
        assertThat(hub.run(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.log(run)).contains("##[warning]" + message, "Z " + message, "##[error]" + message);
        assertThat(artifacts(run)).isEmpty();
    }

    @Test
    void aNameIsTakenUnlessItIsOverwritten() throws IOException {
        long run = success("""
                - run: echo 1 > f
                - { id: first, uses: actions/upload-artifact@v4, with: { path: f } }
                - run: echo 2 > f
                - { id: taken, uses: actions/upload-artifact@v4, with: { path: f }, continue-on-error: true }
                - { uses: actions/download-artifact@v4, with: { name: artifact, path: one } }
                - { id: second, uses: actions/upload-artifact@v4, with: { path: f, overwrite: true, compression-level: 0 } }
                - { uses: actions/download-artifact@v4, with: { artifact-ids: "${{ steps.second.outputs.artifact-id }}", path: two } }
                - run: |
                    test "${{ steps.taken.outcome }} $(cat one/f two/f | tr '\\n' ' ')" = "failure 1 2 "
                    test "${{ steps.first.outputs.artifact-id }}" != "${{ steps.second.outputs.artifact-id }}"
                """);

        assertThat(artifacts(run)).hasSize(1);
        assertThat(hub.log(run))
                .contains("(409) Conflict: an artifact with this name already exists on the workflow run");
    }

    @Test
    void whatCannotBeDownloadedOrUploadedFailsTheStep() throws IOException {
        long run = run("""
                - run: touch a:b
                - { uses: actions/upload-artifact@v4, with: { path: "a*" }, continue-on-error: true }
                - { uses: actions/upload-artifact@v4, with: { path: "a*", name: a/b }, continue-on-error: true }
                - { uses: actions/upload-artifact@v4, with: { path: ../x }, continue-on-error: true }
                - { uses: actions/upload-artifact@v4, with: { path: x, overwrite: perhaps }, continue-on-error: true }
                - { uses: actions/download-artifact@v4, with: { name: none }, continue-on-error: true }
                - { uses: actions/download-artifact@v4, with: { artifact-ids: 7 }, continue-on-error: true }
                - { uses: actions/download-artifact@v4, with: { name: a, artifact-ids: 7 }, continue-on-error: true }
                """);

        assertThat(hub.log(run))
                .contains(
                        "##[error]The path for one of the files in artifact is not valid: a:b.",
                        "##[error]The artifact name is not valid: a/b.",
                        "##[error]Invalid pattern '../x'. Relative pathing '.' and '..' is not allowed.",
                        "##[error]Input does not meet YAML 1.2 \"Core Schema\" specification: overwrite",
                        "##[error]Unable to download artifact(s): Artifact not found for name: none",
                        "##[error]None of the provided artifact IDs were found",
                        "##[error]Inputs 'name' and 'artifact-ids' cannot be used together.");
    }

    @Test
    void otherRunsAreReadWithATokenThatMay() throws IOException {
        long earlier = success("""
                - run: echo early > f
                - { uses: actions/upload-artifact@v4, with: { name: old, path: f } }
                """);
        long run = success("""
                - { uses: actions/download-artifact@v4, with: { name: old, run-id: RUN, github-token: "${{ github.token }}" } }
                - run: test "$(cat f)" = early
                - id: bad
                  continue-on-error: true
                  uses: actions/download-artifact@v4
                  with: { name: old, run-id: RUN, github-token: "${{ github.token }}", repository: acme/other }
                - { id: own, continue-on-error: true, uses: actions/download-artifact@v4, with: { name: old, run-id: RUN } }
                - run: test "${{ steps.bad.outcome }} ${{ steps.own.outcome }}" = "failure failure"
                """.replace("RUN", "" + earlier));

        assertThat(hub.log(run)).contains("##[error]Unable to list artifacts of run " + earlier + " of acme/other");
    }

    @Test
    void theArtifactsOfAllJobsOfAMatrixComeTogether() throws IOException {
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  part:
                    runs-on: ubuntu-24.04
                    strategy: { matrix: { shard: [1, 2, 3, 4, 5, 6] } }
                    outputs: { last: "${{ steps.make.outputs.shard }}" }
                    steps:
                      - id: make
                        run: |
                          echo "line ${{ matrix.shard }}" > part-${{ matrix.shard }}.txt
                          echo "shard=${{ matrix.shard }}" >> "$GITHUB_OUTPUT"
                      - { uses: actions/upload-artifact@v4, with: { name: "part-${{ matrix.shard }}", path: part-*.txt } }
                  join:
                    needs: part
                    runs-on: ubuntu-24.04
                    steps:
                      - { uses: actions/download-artifact@v4, with: { pattern: part-*, merge-multiple: true, path: parts } }
                      - run: test "$(cat parts/* | wc -l) ${{ needs.part.result }}" = "6 success"
                      - run: test -n "${{ needs.part.outputs.last }}"
                """);
        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("success");
        assertThat(artifacts(run)).hasSize(6);
    }
}
