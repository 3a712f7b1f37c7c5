package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHttpTest {
    @TempDir
    Path state;

    @TempDir
    Path work;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("README.md", "hello\n");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String url(String token) {
        return hub.github.url().toString().replace("http://", "http://any-name:" + token + "@") + "/acme/runner.git";
    }

    private CommandLine git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return CommandLine.run(work, command.toArray(String[]::new));
    }

    private void assertGit(String... arguments) throws IOException {
        CommandLine done = git(arguments);
        assertThat(done.exit()).as(done.output()).isZero();
    }

    private void commitFile(String path, long bytes) throws IOException {
        byte[] chunk = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(work.resolve("clone").resolve(path))) {
            for (long left = bytes; left > 0; left -= chunk.length) {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
        assertGit("-C", "clone", "add", ".");
        assertGit("-C", "clone", "commit", "-qm", "Add " + path);
    }

    @Test
    void realGitClonesPushesAndFetches() throws IOException {
        assertGit("clone", "-q", "--depth", "1", url(hub.github.token()), "clone");
        assertThat(work.resolve("clone/README.md")).hasContent("hello\n");
        commitFile("more", 3 << 20);

        assertGit("-C", "clone", "push", "-q", "origin", "main", "main:refs/heads/eval-results/x");

        assertGit("clone", "-q", "-b", "eval-results/x", url(hub.github.token()), "again");
        assertThat(work.resolve("again/more")).hasSameBinaryContentAs(work.resolve("clone/more"));
        hub.file("README.md", "changed\n");
        assertGit("-C", "clone", "pull", "-q", "--rebase");
        assertThat(work.resolve("clone/README.md")).hasContent("changed\n");
    }

    @Test
    void everyVersionOfTheProtocolWorks() throws IOException {
        for (String version : List.of("0", "1", "2")) {
            assertGit("-c", "protocol.version=" + version, "clone", "-q", url(hub.github.token()), "v" + version);
            assertThat(work.resolve("v" + version + "/README.md")).exists();
        }
        assertGit("clone", "-q", "--filter=blob:none", url(hub.github.token()), "partial");
    }

    @Test
    void jgitClonesAndPushes() throws Exception {
        UsernamePasswordCredentialsProvider token =
                new UsernamePasswordCredentialsProvider("x-access-token", hub.github.token());
        try (Git clone = with(token, Git.cloneRepository())
                .setURI(hub.github.url() + "/acme/runner.git")
                .setDirectory(work.resolve("jgit").toFile())
                .setDepth(1)
                .call()) {
            Files.writeString(work.resolve("jgit/new"), "new");
            clone.add().addFilepattern(".").call();
            clone.commit().setMessage("Add new").setSign(false).call();
            with(token, clone.push()).call();
        }

        assertThat(hub.get(Hub.repository("/contents/new")).statusCode()).isEqualTo(200);
    }

    private static <C extends TransportCommand<C, ?>> C with(UsernamePasswordCredentialsProvider token, C command) {
        return command.setCredentialsProvider(token);
    }

    @Test
    void withoutOrWithAWrongTokenNothingIsGiven() throws IOException {
        HttpResponse<String> response = hub.send(hub.request("/acme/runner.git/info/refs?service=git-upload-pack"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"GitHub\"");
        CommandLine wrong = git("clone", "-q", url("ghp_wrong"), "wrong");
        assertThat(wrong.exit()).isNotZero();
        assertThat(wrong.output()).contains("Authentication failed");
        CommandLine none = git("clone", "-q", hub.github.url() + "/acme/runner.git", "none");
        assertThat(none.exit()).isNotZero();
        assertThat(git("clone", "-q", url(hub.github.token()).replace("runner", "other"), "other")
                        .output())
                .contains("not found");
    }

    @Test
    void aFileOver100MegabytesIsRefusedByName() throws IOException {
        assertGit("clone", "-q", url(hub.github.token()), "clone");
        assertGit("-C", "clone", "config", "core.compression", "0");
        commitFile("big.bin", (100L << 20) + 1);

        CommandLine push = git("-C", "clone", "push", "origin", "main");

        assertThat(push.exit()).isNotZero();
        assertThat(push.output())
                .contains("File big.bin is 100.00 MB; this exceeds GitHub's file size limit of 100.00 MB")
                .contains("pre-receive hook declined");
        assertThat(hub.get(Hub.repository("/contents/big.bin")).statusCode()).isEqualTo(404);
        assertThat(state.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void theDefaultBranchCannotBeDeletedAndOthersCan() throws IOException {
        assertGit("clone", "-q", url(hub.github.token()), "clone");
        assertGit("-C", "clone", "push", "-q", "origin", "main:other");

        assertGit("-C", "clone", "push", "-q", "origin", ":other");
        assertThat(git("-C", "clone", "push", "-q", "origin", ":main").output())
                .contains("refusing to delete the default branch");
    }

    @Test
    void ofRacingFirstPushesToABranchExactlyOneWins() throws IOException {
        for (int i = 0; i < 4; i++) {
            String clone = "racer" + i;
            assertGit("init", "-q", clone);
            Files.writeString(work.resolve(clone).resolve("file"), clone);
            assertGit("-C", clone, "add", ".");
            assertGit("-C", clone, "commit", "-qm", clone);
        }

        List<CommandLine> pushes = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return git("-C", "racer" + i, "push", url(hub.github.token()), "HEAD:refs/heads/race");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();

        assertThat(pushes.stream().filter(push -> push.exit() == 0)).hasSize(1);
        assertThat(pushes.stream().filter(push -> push.exit() != 0))
                .allMatch(push -> push.output().contains("rejected"));
    }

    @Test
    void aJobPushesWithItsTokenOnlyIfItMayWrite() throws IOException {
        String workflow = """
                on: workflow_dispatch
                permissions: { contents: %s }
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    steps:
                      - env:
                          TOKEN: ${{ github.token }}
                          GIT_TERMINAL_PROMPT: 0
                        run: |
                          git clone -q "${GITHUB_SERVER_URL/:\\/\\//://x:$TOKEN@}/$GITHUB_REPOSITORY.git" clone
                          git -C clone push origin HEAD:refs/heads/by-%s
                """;
        hub.workflow(workflow.formatted("write", "write"));
        long writes = hub.dispatch();
        hub.awaitEnd(writes);
        hub.workflow(workflow.formatted("read", "read"));
        long reads = hub.dispatch();

        assertThat(hub.awaitEnd(writes).path("conclusion").asText())
                .as(hub.log(writes))
                .isEqualTo("success");
        assertThat(hub.awaitEnd(reads).path("conclusion").asText()).isEqualTo("failure");
        assertThat(hub.log(reads)).contains("403");
        try (Git git = Git.open(state.resolve("repositories/acme/runner.git").toFile())) {
            Repository repository = git.getRepository();
            assertThat(repository.exactRef("refs/heads/by-write")).isNotNull();
            assertThat(repository.exactRef("refs/heads/by-read")).isNull();
        }
    }
}
