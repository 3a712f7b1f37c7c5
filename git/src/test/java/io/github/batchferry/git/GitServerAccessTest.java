package io.github.batchferry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With which token and over which way a git server is spoken to. */
class GitServerAccessTest {
    private static final String TOKEN = "ghs_4242_eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private GitHttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new GitHttpServer(BareRepository.create(folder.resolve("server.git")), TOKEN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Gives one token after the other, the next whenever one is refused; the last one stays. */
    private static final class Tokens implements GitToken {
        private final Deque<String> left;

        Tokens(String... tokens) {
            left = new ArrayDeque<>(List.of(tokens));
        }

        @Override
        public Optional<String> current() {
            return Optional.of(left.getFirst());
        }

        @Override
        public boolean renew(String refused) {
            if (left.size() > 1 && left.getFirst().equals(refused)) {
                left.removeFirst();
                return true;
            }
            return false;
        }

        @Override
        public Optional<String> origin() {
            return Optional.of("GitHub App 123");
        }
    }

    private GitRemote remote(URI url, GitToken token, ProxySelector proxies) {
        GitNetwork network = new GitNetwork(
                TIMEOUT, proxies, (method, address, status, took) -> heard.add(method + " " + address + " " + status));
        return new JGitRemote(url, token, folder.resolve("scratch"), Clock.systemUTC(), network);
    }

    private GitRemote remote(GitToken token) {
        return remote(server.url(), token, ProxySelector.of(null));
    }

    private static BranchFile file() {
        return BranchFile.of("a", "1".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnceAndTheWorkIsDone() throws Exception {
        GitRemote remote = remote(new Tokens("expired", TOKEN));

        assertThat(remote.head(BRANCH)).isEmpty();
        assertThat(server.seen())
                .extracting(GitHttpServer.Seen::authorization)
                .as("the branches are listed in two requests")
                .hasSize(3)
                .startsWith("Basic eC1hY2Nlc3MtdG9rZW46ZXhwaXJlZA==");
    }

    @Test
    void aTokenThatEndsBetweenTwoPushesIsRenewedForTheSecond() throws Exception {
        Tokens tokens = new Tokens(TOKEN, TOKEN);
        try (BranchWriter writer = remote(tokens).write(BRANCH)) {
            writer.commit(List.of(file()), "first");
            server.trouble.set(exchange -> {
                server.trouble.set(next -> false);
                GitHttpServer.answer(exchange, 401, "expired");
                return true;
            });
            writer.commit(List.of(BranchFile.of("b", "2".getBytes(StandardCharsets.UTF_8))), "second");
        }
        assertThat(Contents.of(remote(tokens), BRANCH)).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void aSecondRefusalIsTheEndAndSaysWhoseTokenItWas() {
        assertThatThrownBy(() -> remote(new Tokens("one", "two", "three")).head(BRANCH))
                .asInstanceOf(type(GitAuthenticationException.class))
                .matches(GitAuthenticationException::refused)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("the server refused the token from GitHub App 123 (401)")
                .doesNotContain("two");
        assertThat(server.seen()).hasSize(2);
    }

    @Test
    void aTokenThatMayNotIsNamedAndNotRenewed() {
        server.trouble.set(exchange -> {
            GitHttpServer.answer(exchange, 403, "no");
            return true;
        });
        assertThatThrownBy(() -> remote(new Tokens(TOKEN, "other")).delete(BRANCH))
                .asInstanceOf(type(GitAuthenticationException.class))
                .matches(e -> !e.refused())
                .extracting(Throwable::getMessage)
                .asString()
                .contains("the token from GitHub App 123 may not do that here (403)", "`contents: write`");
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void aTokenThatCannotBeHadIsTheErrorAndNothingIsSent() {
        GitRemote remote = remote(() -> {
            throw new GitException("GitHub App 123 is not installed");
        });

        assertThatThrownBy(() -> remote.head(BRANCH)).hasMessage("GitHub App 123 is not installed");
        assertThat(server.seen()).isEmpty();
    }

    /** Answers like GitHub for a repository that is called otherwise by now. */
    private void renamedTo(String place) {
        server.trouble.set(exchange -> {
            if (!exchange.getRequestURI().getPath().startsWith("/myorg/old.git/")) {
                return false;
            }
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            place + "/info/refs?" + exchange.getRequestURI().getQuery());
            GitHttpServer.answer(exchange, 301, "moved");
            return true;
        });
    }

    @Test
    void aRepositoryThatWasRenamedIsFollowedWithinTheServer() throws Exception {
        URI old = server.url().resolve("/myorg/old.git");
        GitRemote remote = remote(old, GitToken.of(Optional.of(TOKEN)), ProxySelector.of(null));
        renamedTo(server.url().toString());

        try (BranchWriter writer = remote.write(BRANCH)) {
            writer.commit(List.of(file()), "first");
        }

        assertThat(Contents.of(remote, BRANCH)).isEqualTo(Map.of("a", "1"));
        assertThat(server.seen()).allMatch(seen -> seen.authorization() != null);
    }

    @Test
    void aCircleOfRedirectsEnds() {
        URI old = server.url().resolve("/myorg/old.git");
        renamedTo(old.toString());

        assertThatThrownBy(() -> remote(old, GitToken.of(Optional.of(TOKEN)), ProxySelector.of(null))
                        .head(BRANCH))
                .hasMessageContaining("the server points to another address (301)");
        assertThat(server.seen()).hasSizeLessThan(10);
    }

    @Test
    void theServerIsReachedOverTheProxyThatIsChosen() throws Exception {
        InetSocketAddress proxy = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.url().getPort());
        URI behind = URI.create("http://git.invalid/myorg/eval-runner.git");
        GitRemote remote = remote(behind, GitToken.of(Optional.of(TOKEN)), ProxySelector.of(proxy));

        try (BranchWriter writer = remote.write(BRANCH)) {
            writer.commit(List.of(file()), "first");
        }

        assertThat(remote.head(BRANCH)).isPresent();
        assertThat(server.seen()).isNotEmpty().allMatch(seen -> seen.path().startsWith("http://git.invalid/"));
    }

    @Test
    void everyExchangeIsToldWithoutTheToken() throws Exception {
        try (BranchWriter writer = remote(GitToken.of(Optional.of(TOKEN))).write(BRANCH)) {
            writer.commit(List.of(file()), "first");
        }

        assertThat(heard)
                .containsExactly(
                        "GET " + server.url() + "/info/refs?service=git-upload-pack 200",
                        "POST " + server.url() + "/git-upload-pack 200",
                        "GET " + server.url() + "/info/refs?service=git-receive-pack 200",
                        "POST " + server.url() + "/git-receive-pack 200");
    }
}
