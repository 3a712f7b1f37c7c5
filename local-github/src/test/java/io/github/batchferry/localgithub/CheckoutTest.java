package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.batchferry.localgithub.execution.ProcessCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code actions/checkout} as the embedded GitHub does it. */
class CheckoutTest {
    @TempDir
    Path state;

    @TempDir
    Path work;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(LocalGitHub.at(state)
                .stopGrace(Duration.ofSeconds(5))
                .environment(Map.of("PATH", System.getenv("PATH"), "HOME", work.toString())));
        hub.file("data.txt", "one\n");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private Hub steps(String steps) throws IOException {
        return hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                """ + steps.indent(6));
    }

    private long success() {
        long run = hub.dispatch();
        String conclusion = hub.awaitEnd(run).path("conclusion").asText();
        assertThat(conclusion).as(hub.log(run)).isEqualTo("success");
        return run;
    }

    private void git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", work.toString()));
        command.addAll(List.of(arguments));
        CommandLine done = CommandLine.run(work, command.toArray(String[]::new));
        assertThat(done.exit()).as(done.output()).isZero();
    }

    private String url(String repository) {
        return hub.github.url().toString().replace("://", "://x:" + hub.github.token() + "@") + "/" + repository
                + ".git";
    }

    /** A clone to make branches and tags in, beside HOME's own files. */
    private void cloneToWork() throws IOException {
        git("clone", "-q", url("acme/runner"), "clone");
    }

    private void inClone(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-C", "clone"));
        all.addAll(List.of(arguments));
        git(all.toArray(String[]::new));
    }

    @Test
    void aJobGetsTheCommitOfItsRunOnItsBranch() throws IOException {
        hub.file("data.txt", "two\n");
        steps("""
                - { id: c, uses: actions/checkout@v4 }
                - run: |
                    test "$(cat data.txt)" = two
                    test "$(git rev-parse HEAD) $(git symbolic-ref --short HEAD)" = "$GITHUB_SHA main"
                    test "${{ steps.c.outputs.commit }} ${{ steps.c.outputs.ref }}" = "$GITHUB_SHA refs/heads/main"
                    test "$(git rev-list --count HEAD)" = 1
                    git fetch -q --unshallow && test "$(git rev-list --count HEAD)" -gt 2
                    test "$(git config --get remote.origin.url)" = "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git"
                    git -c user.name=a -c user.email=a@localhost commit -q --allow-empty -m "Push" && git push -q origin main
                """);

        long run = success();

        assertThat(hub.job(run).path("steps").findValuesAsText("name"))
                .containsExactly(
                        "Set up job",
                        "Run actions/checkout@v4",
                        "Run test \"$(cat data.txt)\" = two",
                        "Post Run actions/checkout@v4",
                        "Complete job");
        assertThat(hub.json(Hub.repository("/commits/main"))
                        .at("/commit/message")
                        .asText())
                .isEqualTo("Push");
        assertThat(Files.readString(hub.workspace(state, run).resolve(".git/config")))
                .doesNotContain("extraheader")
                .doesNotContain("AUTHORIZATION");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aBranchThatMovedOnDoesNotChangeWhatARunSees() throws IOException {
        steps("""
                - run: until [ -e go ]; do sleep 0.05; done
                - uses: actions/checkout@v4
                - run: test "$(cat data.txt) $(git rev-parse HEAD)" = "one $GITHUB_SHA"
                - { uses: actions/checkout@v4, with: { fetch-depth: 0 } }
                - run: |
                    test "$(cat data.txt) $(git rev-parse HEAD)" = "one $GITHUB_SHA"
                    test "$(git rev-list --count HEAD)" = 2
                """);
        long run = hub.dispatch();
        hub.awaitStatus(run, "in_progress");
        hub.file("data.txt", "later\n");
        Path workspace = hub.workspace(state, run);
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.isDirectory(workspace));
        Files.createFile(workspace.resolve("go"));

        assertThat(hub.awaitEnd(run).path("conclusion").asText())
                .as(hub.log(run))
                .isEqualTo("success");
    }

    @Test
    void branchesTagsAndCommitsCanBeAskedFor() throws IOException {
        cloneToWork();
        inClone("checkout", "-q", "-b", "feature/x");
        Files.writeString(work.resolve("clone/data.txt"), "feature\n");
        inClone("commit", "-qam", "Feature");
        inClone("tag", "-am", "v1", "v1");
        inClone("checkout", "-q", "-b", "feature/xy");
        Files.writeString(work.resolve("clone/data.txt"), "other\n");
        inClone("commit", "-qam", "Other");
        inClone("push", "-q", "origin", "feature/x", "feature/xy", "v1");
        String commit = CommandLine.run(work, "git", "-C", "clone", "rev-parse", "v1^{commit}")
                .output()
                .strip();
        steps("""
                - { uses: actions/checkout@v4, with: { ref: feature/x, path: a } }
                - run: test "$(cat a/data.txt) $(git -C a symbolic-ref --short HEAD)" = "feature feature/x"
                - { id: tag, uses: actions/checkout@v4, with: { ref: v1, path: b } }
                - run: test "$(cat b/data.txt) ${{ steps.tag.outputs.commit }} ${{ steps.tag.outputs.ref }}" = "feature COMMIT v1"
                - { uses: actions/checkout@v4, with: { ref: COMMIT, path: c } }
                - run: test "$(git -C c rev-parse HEAD)" = COMMIT
                - { uses: actions/checkout@v4, with: { ref: refs/tags/v1, path: d, fetch-tags: true, fetch-depth: 2 } }
                - run: test "$(git -C d rev-list --count HEAD)" = 2
                - { uses: actions/checkout@v4, with: { ref: feature/xy, path: d, fetch-depth: 0 } }
                - run: test "$(cat d/data.txt) $(git -C d tag)" = "other v1"
                - { id: none, uses: actions/checkout@v4, with: { ref: nowhere, path: e }, continue-on-error: true }
                - run: test ${{ steps.none.outcome }} = failure
                """.replace("COMMIT", commit));

        long run = success();

        assertThat(hub.log(run)).contains("##[error]A branch or tag with the name 'nowhere' could not be found");
    }

    @Test
    void anotherRepositoryNeedsATokenThatMayReadIt() throws IOException {
        hub.github.createRepository(Hub.OWNER, "tools");
        hub.github.commit(Hub.OWNER, "tools", "Add", Map.of("tool.sh", "echo tool\n".getBytes()));
        hub.github.setSecret(Hub.OWNER, Hub.NAME, "READER", hub.github.token());
        steps("""
                - { id: no, uses: actions/checkout@v4, with: { repository: acme/tools, path: no }, continue-on-error: true }
                - { id: yes, uses: actions/checkout@v4, with: { repository: acme/tools, path: yes, token: "${{ secrets.READER }}" } }
                - run: test "${{ steps.no.outcome }} $(sh yes/tool.sh) ${{ steps.yes.outputs.ref }}" = "failure tool "
                """);

        long run = success();

        assertThat(hub.log(run)).doesNotContain(hub.github.token()).contains("fatal: ");
    }

    @Test
    void credentialsAreForgottenAtOnceWhenTheyAreNotToStay() throws IOException {
        steps("""
                - { uses: actions/checkout@v4, with: { persist-credentials: false } }
                - run: |
                    ! grep -i authorization .git/config
                    ! git fetch -q origin main
                """);

        success();
    }

    @Test
    void whatAnEarlierCheckoutLeftIsTidiedUnlessItIsToStay() throws IOException {
        steps("""
                - run: echo before > stray
                - uses: actions/checkout@v4
                - run: |
                    test ! -e stray
                    echo changed > data.txt; echo new > untracked; git branch -q old
                - { uses: actions/checkout@v4, with: { clean: false, show-progress: false } }
                - run: test -e untracked
                - uses: actions/checkout@v4
                - run: test ! -e untracked; test "$(cat data.txt) $(git branch --list old)" = "one "
                """);

        success();
    }

    @Test
    void pathsStayInTheWorkspace() throws IOException {
        steps("""
                - { uses: actions/checkout@v4, with: { path: ../outside } }
                """);

        long run = hub.dispatch();

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.log(run)).contains("##[error]Repository path '", "/outside' is not under '");
    }

    @Test
    void aCancelledCheckoutLeavesNoProcessAndNoToken() throws IOException {
        Path bin = Files.createDirectories(work.resolve("bin"));
        Files.writeString(
                bin.resolve("git"),
                "#!/bin/sh\ncase \"$*\" in *fetch*) echo $$ > ../pid; sleep 300;; esac\nexec " + realGit()
                        + " \"$@\"\n");
        bin.resolve("git").toFile().setExecutable(true);
        steps("""
                - run: echo "%s" >> "$GITHUB_PATH"
                - uses: actions/checkout@v4
                """.formatted(bin));
        long run = hub.dispatch();
        Path pid = hub.workspace(state, run).resolveSibling("pid");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(pid) && Files.size(pid) > 1);

        hub.post(Hub.repository("/actions/runs/" + run + "/cancel"), "{}");

        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("cancelled");
        long process = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessCheck.alive(process)).isFalse();
        assertThat(Files.readString(hub.workspace(state, run).resolve(".git/config")))
                .doesNotContain("basic");
        assertThat(hub.job(run).path("steps").findValuesAsText("conclusion"))
                .containsExactly("success", "success", "cancelled", "success", "success");
    }

    private static String realGit() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .map(folder -> Path.of(folder, "git"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }
}
