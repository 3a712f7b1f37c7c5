package io.github.batchferry.git;

import static io.github.batchferry.git.Contents.file;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JGitRemoteHttpTest {
    private static final String TOKEN = "ghs_0123456789secret";
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");

    @TempDir
    Path folder;

    private BareRepository repository;
    private GitHttpServer server;
    private Path scratch;

    @BeforeEach
    void serve() throws IOException {
        repository = BareRepository.create(folder.resolve("server.git"));
        server = new GitHttpServer(repository, TOKEN);
        scratch = folder.resolve("scratch");
    }

    @AfterEach
    void stopAndLookForRemains() throws IOException {
        server.close();
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    private GitRemote remote() {
        return remote(Optional.of(TOKEN), Duration.ofSeconds(10));
    }

    private GitRemote remote(Optional<String> token, Duration timeout) {
        return new JGitRemote(server.url(), token, scratch, timeout);
    }

    @Test
    void aBranchTravelsThereAndBackWithTheTokenSentFromTheStart() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(List.of(file("a", "1")), "first");
            writer.commit(List.of(file("b", "2")), "second");
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(server.seen())
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.authorization()).startsWith("Basic "));
    }

    @Test
    void noConfigurationOfTheHomeFolderIsUsed() throws Exception {
        assertThat(Path.of(System.getProperty("user.home"), ".gitconfig"))
                .content()
                .contains("X-Hostile");

        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(List.of(file("a", "1")), "first");
        }
        remote().fetch(BRANCH).orElseThrow().close();

        assertThat(server.seen())
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.hostile()).isNull());
    }

    @Test
    void anExistingBranchIsContinuedWithoutFetchingItsFiles() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            writer.commit(
                    List.of(file(
                            "big",
                            IntStream.range(0, 20_000)
                                    .mapToObj(Integer::toString)
                                    .collect(joining()))),
                    "first");
        }
        try (BranchWriter writer = remote().write(BRANCH)) {
            try (Stream<Path> local = Files.walk(scratch)) {
                assertThat(local.filter(file -> file.toString().endsWith(".pack")))
                        .isNotEmpty()
                        .allSatisfy(pack -> assertThat(Files.size(pack)).isLessThan(400));
            }
            writer.commit(List.of(file("small", "y")), "second");
        }
        assertThat(Contents.of(remote(), BRANCH)).containsOnlyKeys("big", "small");
    }

    @Test
    void anExistingBranchIsContinuedOnAServerWithoutFilters() throws Exception {
        Path config = repository.directory().resolve("config");
        Files.writeString(config, Files.readString(config).replace("allowFilter = true", "allowFilter = false"));
        for (String path : List.of("a", "b")) {
            try (BranchWriter writer = remote().write(BRANCH)) {
                writer.commit(List.of(file(path, path)), "add " + path);
            }
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "a", "b", "b"));
    }

    @Test
    void aMissingTokenIsSaid() {
        assertThatThrownBy(
                        () -> remote(Optional.empty(), Duration.ofSeconds(10)).head(BRANCH))
                .isInstanceOf(GitAuthenticationException.class)
                .hasMessage("cannot find branch `" + BRANCH + "` of `" + server.url()
                        + "`: the server wants a token (401); set one");
    }

    @Test
    void aWrongTokenIsSaidAndNotShown() {
        GitRemote remote = remote(Optional.of("ghs_wrong"), Duration.ofSeconds(10));

        for (Throwable thrown : List.of(
                catchThrowable(() -> remote.head(BRANCH)),
                catchThrowable(() -> remote.fetch(BRANCH)),
                catchThrowable(() -> remote.write(BRANCH)),
                catchThrowable(() -> remote.delete(BRANCH)))) {
            assertThat(thrown)
                    .isInstanceOf(GitAuthenticationException.class)
                    .hasMessageContaining("the server refused the token (401)")
                    .hasMessageContaining("`" + BRANCH + "`")
                    .hasMessageContaining(server.url().toString());
            assertThat(everythingSaid(thrown)).doesNotContain("ghs_wrong");
        }
    }

    @Test
    void aTokenThatMayNotWriteIsToldWhichPermissionItNeeds() throws Exception {
        server.trouble.set(exchange -> onPush(exchange, () -> GitHttpServer.answer(exchange, 403, "denied")));
        try (BranchWriter writer = remote().write(BRANCH)) {
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1")), "add"))
                    .isInstanceOf(GitAuthenticationException.class)
                    .hasMessageContaining("(403)")
                    .hasMessageContaining("`contents: write`");
        }
    }

    @Test
    void aRepositoryThatIsNotThereIsSaid() {
        URI elsewhere = URI.create(server.url().toString().replace("eval-runner", "other"));
        GitRemote remote = new JGitRemote(elsewhere, Optional.of(TOKEN), scratch, Duration.ofSeconds(10));

        assertThatThrownBy(() -> remote.fetch(BRANCH))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("`" + elsewhere + "`: there is no such repository, or the token may not see it");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void neitherTheTokenNorARequestFollowsARedirect(int status) throws Exception {
        try (GitHttpServer stranger = new GitHttpServer(BareRepository.create(folder.resolve("stranger.git")), TOKEN)) {
            server.trouble.set(exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                stranger.url() + "/info/refs?"
                                        + exchange.getRequestURI().getQuery());
                GitHttpServer.answer(exchange, status, "moved");
                return true;
            });
            assertThatThrownBy(() -> remote().fetch(BRANCH))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("points to another address (" + status + ")");
            assertThatThrownBy(() -> remote().delete(BRANCH)).isInstanceOf(GitException.class);
            assertThat(stranger.seen()).isEmpty();
        }
    }

    @Test
    void aRedirectInTheMiddleOfAPushIsNotFollowed() throws Exception {
        try (GitHttpServer stranger = new GitHttpServer(BareRepository.create(folder.resolve("stranger.git")), TOKEN);
                BranchWriter writer = remote().write(BRANCH)) {
            server.trouble.set(exchange -> onPush(exchange, () -> {
                exchange.getResponseHeaders().set("Location", stranger.url() + "/git-receive-pack");
                GitHttpServer.answer(exchange, 307, "moved");
            }));
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1")), "add"))
                    .isInstanceOf(GitException.class);
            assertThat(stranger.seen()).isEmpty();
        }
    }

    @Test
    void aTokenThatTheServerEchoesIsNotShown() {
        server.trouble.set(exchange -> {
            GitHttpServer.answer(exchange, 500, TOKEN);
            return true;
        });
        Throwable fromBody = catchThrowable(() -> remote().head(BRANCH));
        server.trouble.set(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
            GitHttpServer.answer(exchange, 200, advertisement("ERR go away, " + TOKEN));
            return true;
        });
        Throwable fromProtocol = catchThrowable(() -> remote().head(BRANCH));

        assertThat(fromProtocol).hasMessageContaining("go away, ***");
        for (Throwable thrown : List.of(fromBody, fromProtocol)) {
            assertThat(thrown).isInstanceOf(GitException.class);
            assertThat(everythingSaid(thrown)).doesNotContain(TOKEN);
        }
    }

    @Test
    void aPushWhoseAnswerIsLostIsFoundToHaveArrived() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        try (BranchWriter writer = remote().write(BRANCH)) {
            server.trouble.set(exchange -> once.get()
                    ? false
                    : onPush(exchange, () -> {
                        once.set(true);
                        GitHttpServer.receiveWithoutAnswer(exchange, repository);
                    }));
            String commit = writer.commit(List.of(file("a", "1")), "first");

            assertThat(writer.tip()).isEqualTo(commit);
            assertThat(remote().head(BRANCH)).contains(commit);
            writer.commit(List.of(file("b", "2")), "second");
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void aPushThatArrivedWhileTheServerWentAwayIsFoundByTheNextCommit() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        try (BranchWriter writer = remote().write(BRANCH)) {
            server.trouble.set(exchange -> away.get()
                    || onPush(exchange, () -> {
                        away.set(true);
                        GitHttpServer.receiveWithoutAnswer(exchange, repository);
                    }));
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1")), "first"))
                    .isInstanceOf(GitException.class)
                    .isNotInstanceOf(BranchMovedException.class);
            assertThat(writer.tip()).isNull();

            server.trouble.set(exchange -> false);
            writer.commit(List.of(file("a", "1"), file("b", "2")), "again");
        }
        assertThat(Contents.of(remote(), BRANCH)).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void aPushThatDidNotArriveCanBeRepeated() throws Exception {
        try (BranchWriter writer = remote().write(BRANCH)) {
            server.trouble.set(exchange -> onPush(exchange, () -> GitHttpServer.answer(exchange, 502, "bad gateway")));
            assertThatThrownBy(() -> writer.commit(List.of(file("a", "1")), "first"))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("502");

            server.trouble.set(exchange -> false);
            String commit = writer.commit(List.of(file("a", "1")), "again");
            assertThat(repository.commit(commit).getParentCount()).isZero();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpAfterTheTimeout() {
        CountDownLatch end = new CountDownLatch(1);
        server.trouble.set(exchange -> {
            await(end);
            return true;
        });
        try {
            assertThatThrownBy(() ->
                            remote(Optional.of(TOKEN), Duration.ofMillis(200)).head(BRANCH))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining(server.url().toString());
        } finally {
            end.countDown();
        }
    }

    @Test
    @Timeout(30)
    void aServerThatStopsReadingAPushIsGivenUpAfterTheTimeout() throws Exception {
        byte[] large = new byte[32 << 20];
        new Random(1).nextBytes(large);
        CountDownLatch end = new CountDownLatch(1);
        server.trouble.set(exchange -> onPush(exchange, () -> await(end)));
        try (BranchWriter writer =
                remote(Optional.of(TOKEN), Duration.ofMillis(500)).write(BRANCH)) {
            assertThatThrownBy(() -> writer.commit(List.of(BranchFile.of("large", large)), "first"))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining(server.url().toString());
        } finally {
            end.countDown();
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        server.close();

        assertThatThrownBy(() -> remote().head(BRANCH))
                .isInstanceOf(GitException.class)
                .hasMessageContaining(server.url().toString())
                .hasMessageContaining("Connection refused");
    }

    private static String advertisement(String line) {
        return "001e# service=git-upload-pack\n0000%04x%s".formatted(line.length() + 4, line);
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private static boolean onPush(HttpExchange exchange, Action action) throws IOException {
        boolean push = exchange.getRequestURI().getPath().endsWith("/git-receive-pack");
        if (push) {
            action.run();
        }
        return push;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String everythingSaid(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
