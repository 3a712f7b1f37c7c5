package io.github.batchferry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.git.BranchFile;
import io.github.batchferry.git.BranchName;
import io.github.batchferry.git.BranchWriter;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.localgithub.apps.RegisteredApp;
import io.github.batchferry.localgithub.faults.Fault;
import io.github.batchferry.localgithub.faults.FaultRule;
import io.github.batchferry.provider.connection.RunnerConnection;
import io.github.batchferry.provider.connection.TargetConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever GitHub's answers point to, no request leaves the configured host, with one exception: what GitHub keeps in its
 * storage is downloaded from there, without the token.
 */
class ForeignHostTest {
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");
    private static final String REPOSITORY = "/repos/" + RunnerTarget.OWNER + "/" + RunnerTarget.NAME;
    private static final String WORKFLOW = """
            on: workflow_dispatch
            jobs:
              fail:
                runs-on: ubuntu-latest
                steps:
                  - run: exit 1
            """;

    @TempDir
    Path directory;

    private final Map<String, Call> calls = new LinkedHashMap<>();
    private LocalGitHub github;
    private Stranger stranger;
    private TargetConnector connector;
    private RunnerConnection connection;
    private long run;
    private long job;

    /** One thing the client wants of GitHub. */
    @FunctionalInterface
    private interface Call {
        void perform() throws Exception;
    }

    @BeforeEach
    void prepare() throws Exception {
        stranger = new Stranger();
        github = Embedded.at(directory.resolve("github")).start();
        Repository repository = new Api(github.apiUrl(), github.token()).create(RunnerTarget.OWNER, RunnerTarget.NAME);
        repository.commit("README.md", "evals").workflow("wait.yml", WORKFLOW);
        connector = new TargetConnector(
                Map.of(RunnerTarget.VARIABLE, github.token()), directory.resolve(".ferry"), Clock.systemUTC());
        connection = connector.connect(RunnerTarget.withToken(github));
        push("a");
        run = repository.dispatch("wait.yml", Map.of());
        assertThat(repository.awaitEnd(run)).isEqualTo("failure");
        job = repository.jobs(run).get(0).path("id").asLong();
        name();
    }

    private void push(String file) throws Exception {
        try (BranchWriter writer = connection.git().write(BRANCH)) {
            writer.commit(List.of(BranchFile.of(file, file.getBytes(UTF_8))), "Add " + file);
        }
    }

    /** All that the client ever does. */
    private void name() {
        calls.put("dispatch", () -> connection.actions().dispatch("wait.yml", "main", Map.of()));
        calls.put("look", () -> connection.actions().run(run, Optional.empty()));
        calls.put("look again", () -> connection.actions().run(run, Optional.of("\"x\"")));
        calls.put("list runs", () -> connection.actions().runs("wait.yml", 1));
        calls.put("cancel", () -> connection.actions().cancel(run));
        calls.put("force-cancel", () -> connection.actions().forceCancel(run));
        calls.put("re-run", () -> connection.actions().rerun(run));
        calls.put("default branch", () -> connection.repository().defaultBranch());
        calls.put("file", () -> connection.repository().file("README.md"));
        calls.put("jobs", () -> connection.repository().jobs(run));
        calls.put("log", () -> connection.repository().jobLogTail(job, 10));
        calls.put("head", () -> connection.git().head(BRANCH));
        calls.put("fetch", () -> connection.git().fetch(BRANCH).orElseThrow().close());
        calls.put("names", () -> connection.git().names(BRANCH));
        calls.put("push", () -> push("b"));
        calls.put("delete", () -> connection.git().delete(BRANCH));
        calls.put("sign in", this::signIn);
    }

    private void signIn() throws Exception {
        RegisteredApp app = github.registerApp(
                "Bot " + github.faults().hits().size(), Optional.empty(), Map.of("actions", "write"));
        try (TargetConnector asApp = new TargetConnector(
                Map.of(RunnerTarget.VARIABLE, app.privateKey().orElseThrow()),
                directory.resolve(".ferry"),
                Clock.systemUTC())) {
            asApp.tokens(RunnerTarget.asApp(github, app.app().id())).token();
        }
    }

    @AfterEach
    void stop() throws IOException {
        connector.close();
        github.close();
        stranger.close();
    }

    private void redirect(int status, String path) {
        Map<String, String> headers = Map.of("Location", stranger.url() + "/elsewhere?x=1");
        github.faults().add(FaultRule.always("*", path, new Fault.Answer(status, headers, "")));
    }

    private void expectNobodyLeaves() {
        calls.forEach((name, call) -> {
            int before = github.faults().hits().size();
            assertThatThrownBy(call::perform).as(name).isNotNull();
            assertThat(github.faults().hits()).as("redirects that %s met", name).hasSizeGreaterThan(before);
            assertThat(stranger.visits()).as(name).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectToAStrangerIsFollowed(int status) {
        redirect(status, "/**");

        expectNobodyLeaves();
    }

    @Test
    void noRedirectIsFollowedInTheMiddleOfSomethingLonger() {
        Map<String, List<String>> steps = Map.of(
                REPOSITORY + "/contents/**",
                List.of("file"),
                REPOSITORY + "/actions/runs/*",
                List.of("jobs"),
                REPOSITORY + "/actions/runs/*/jobs",
                List.of("jobs"),
                REPOSITORY + "/actions/jobs/*",
                List.of("log"),
                "/**/git-upload-pack",
                List.of("head", "fetch", "names", "push"),
                "/**/git-receive-pack",
                List.of("push", "delete"));
        steps.forEach((path, names) -> names.forEach(name -> {
            github.faults().clear();
            redirect(302, path);
            assertThatThrownBy(calls.get(name)::perform)
                    .as("%s at %s", name, path)
                    .isNotNull();
            assertThat(stranger.visits()).as("%s at %s", name, path).isEmpty();
        }));
        assertThat(github.faults().hits()).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void noLinkToAStrangerIsFollowed() throws Exception {
        Api api = new Api(github.apiUrl(), github.token());
        Map<String, String> pages = new LinkedHashMap<>();
        for (String path : List.of(
                "/actions/runs/" + run + "/jobs",
                "/actions/runs/" + run,
                "/actions/jobs/" + job,
                "/actions/workflows/wait.yml/runs",
                "/contents/README.md",
                "")) {
            JsonNode page = api.get(REPOSITORY + path);
            pages.put(REPOSITORY + path, page.toString());
        }
        pages.forEach((path, page) -> github.faults()
                .add(FaultRule.always(
                        "GET",
                        path,
                        new Fault.Answer(
                                200, Map.of("Link", "<" + stranger.url() + "/next?page=2>; rel=\"next\""), page))));

        assertThatThrownBy(calls.get("jobs")::perform)
                .isInstanceOf(GitHubException.class)
                .hasMessageContaining("where the token must not go");
        for (String name : List.of("look", "list runs", "default branch", "file", "log")) {
            calls.get(name).perform();
        }
        assertThat(github.faults().hits().stream().map(hit -> hit.path()).distinct())
                .containsExactlyInAnyOrderElementsOf(pages.keySet());
        assertThat(stranger.visits()).isEmpty();
    }

    @Test
    void onlyALogIsDownloadedFromWhereGitHubKeepsItAndWithoutTheToken() throws Exception {
        redirect(302, REPOSITORY + "/actions/jobs/*/logs");

        assertThat(connection.repository().jobLogTail(job, 10)).containsExactly("a line");
        assertThat(stranger.visits()).containsExactly(new Stranger.Visit("GET", "/elsewhere?x=1", Optional.empty()));
    }
}
