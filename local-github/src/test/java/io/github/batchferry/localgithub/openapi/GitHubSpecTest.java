package io.github.batchferry.localgithub.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.exchanges.Exchange;
import io.github.batchferry.localgithub.exchanges.Exchange.Content;
import io.github.batchferry.localgithub.exchanges.Exchange.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubSpecTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json; charset=utf-8");
    private static final String REF = """
            {"ref":"refs/heads/a/b","node_id":"x","url":"http://127.0.0.1/r",
             "object":{"type":"commit","sha":"0123456789012345678901234567890123456789","url":"http://127.0.0.1/c"}}""";
    private static final String ERROR = """
            {"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}""";
    private static final String RUNS = "{\"total_count\":0,\"workflow_runs\":[]}";
    private static final String DISPATCHES = "/repos/o/r/actions/workflows/7/dispatches";

    private static Content content(String text) {
        return new Content(text, false, text.length(), false);
    }

    private static Exchange exchange(
            String method, String target, String body, int status, Map<String, String> headers, String answer) {
        return new Exchange(
                Instant.EPOCH,
                0,
                method,
                target,
                new Message(Map.of(), content(body)),
                status,
                new Message(headers, content(answer)),
                true);
    }

    private static List<String> got(String target, int status, String answer) {
        return GitHubSpec.get().problems(exchange("GET", target, "", status, JSON, answer));
    }

    private static List<String> dispatched(String body) {
        return GitHubSpec.get().problems(exchange("POST", DISPATCHES, body, 204, Map.of(), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/o/r/git/ref/heads/main",
                "/repos/o/r/git/ref/heads/a/b",
                "/repos/o/r/git/ref/heads%2Fa",
                "/api/v3/repos/o/r/git/ref/heads/a/b",
                "http://api.github.localhost/repos/o/r/git/ref/heads/a/b",
                "/repositories/7/git/ref/heads/a/b"
            })
    void aCallIsFoundHoweverItIsWritten(String target) {
        assertThat(got(target, 200, REF)).isEmpty();
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThat(got("/repos/o/r/git/ref/heads/a", 200, REF.replace("\"node_id\":\"x\",", "")))
                .singleElement()
                .asString()
                .contains("response")
                .contains("node_id");
    }

    @Test
    void aFieldGitHubDoesNotHaveIsNamed() {
        assertThat(got("/repos/o/r/git/ref/heads/a", 200, REF.replace("\"type\":", "\"kind\":\"x\",\"type\":")))
                .singleElement()
                .asString()
                .contains("kind");
    }

    @Test
    void aFieldOfAnotherTypeIsNamed() {
        assertThat(got("/repos/o/r/git/ref/heads/a", 200, REF.replace("\"x\"", "5")))
                .singleElement()
                .asString()
                .contains("/node_id")
                .contains("integer");
    }

    @Test
    void whatIsNoJsonIsAProblem() {
        assertThat(got("/repos/o/r/git/ref/heads/a", 200, "{\"ref\":")).isNotEmpty();
        assertThat(got("/repos/o/r/git/ref/heads/a", 200, "")).isNotEmpty();
    }

    @Test
    void aCallThatGitHubDoesNotHaveMayOnlyBeRefused() {
        assertThat(got("/repos/o/r/nonsense", 200, REF)).isNotEmpty();
        assertThat(got("/repos/o/r/nonsense", 404, ERROR)).isEmpty();
        assertThat(got("/repos/o/r/git/ref/heads/a", 201, REF)).isNotEmpty();
    }

    @Test
    void anErrorHasGitHubsShape() {
        assertThat(got("/repos/o/r", 404, "not found")).isNotEmpty();
        assertThat(got("/repos/o/r", 404, "{\"message\":\"Not Found\"}")).hasSize(2);
        assertThat(got("/repos/o/r", 403, ERROR)).containsExactly("the error's `status` is not the text `403`");
        assertThat(got("/repos/o/r", 404, ERROR.replace("\"status\"", "\"why\":\"\",\"status\"")))
                .containsExactly("the error has keys that GitHub's have not: [why]");
        assertThat(got(
                        "/repos/o/r",
                        500,
                        ERROR.replace("404", "500").replace("Not Found", "the embedded GitHub failed: x")))
                .containsExactly("the embedded GitHub broke down");
    }

    @Test
    void aDispatchIsCheckedInDetail() {
        assertThat(dispatched("{\"ref\":\"main\",\"inputs\":{\"a\":\"b\"}}")).isEmpty();
        assertThat(dispatched("{\"inputs\":{}}")).singleElement().asString().contains("ref");
        assertThat(dispatched("{\"ref\":\"main\",\"bogus\":1}"))
                .singleElement()
                .asString()
                .contains("bogus");
        assertThat(dispatched("")).isNotEmpty();
    }

    @Test
    void aWrongCallMayBeRefusedAsSuchAndNotForAnythingElse() {
        Exchange refused = exchange("POST", DISPATCHES, "{}", 422, JSON, ERROR.replace("404", "422"));
        Exchange forbidden = exchange("POST", DISPATCHES, "{}", 403, JSON, ERROR.replace("404", "403"));

        assertThat(GitHubSpec.get().problems(refused)).isEmpty();
        assertThat(GitHubSpec.get().problems(forbidden)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.yml", "7", ".github%2Fworkflows%2Fjob.yml"})
    void aWorkflowIsNamedByFileOrNumber(String workflow) {
        String runs = "/repos/o/r/actions/workflows/" + workflow + "/runs";

        assertThat(got(runs + "?created=%3E%3D2026-11-20&per_page=100", 200, RUNS))
                .isEmpty();
        assertThat(got(runs + "?status=bogus", 200, RUNS)).isNotEmpty();
        assertThat(got(runs + "?perpage=100", 200, RUNS)).isNotEmpty();
        assertThat(got(runs + "?per_page=many", 200, RUNS)).isNotEmpty();
    }

    @Test
    void labelsAreGivenInOneOfTheDescribedForms() {
        String labels = "/repos/o/r/issues/1/labels";

        assertThat(GitHubSpec.get().problems(exchange("PUT", labels, "{\"labels\":[\"a\"]}", 200, JSON, "[]")))
                .isEmpty();
        assertThat(GitHubSpec.get().problems(exchange("PUT", labels, "{\"labels\":[5]}", 200, JSON, "[]")))
                .isNotEmpty();
    }

    @Test
    void aServerTellsItsVersion() {
        String meta = "{\"verifiable_password_authentication\":false,\"installed_version\":\"3.19.0\"}";

        assertThat(got("/api/v3/meta", 200, meta)).isEmpty();
    }

    @Test
    void theRootOfTheFilesMayBeListed() {
        assertThat(got("/repos/o/r/contents", 200, "[]")).isEmpty();
        assertThat(got("/repos/o/r/contents/", 200, "[]")).isEmpty();
        assertThat(got("/repos/o/r/contents/a/b", 200, "[]")).isEmpty();
        assertThat(got("/repos/o/r/contents/a/b", 200, "[{}]")).isNotEmpty();
    }

    @Test
    void aFileOfAnyTypeIsUploaded() {
        String assets = "/repos/o/r/releases/1/assets";
        Map<String, String> zip = Map.of("Content-Type", "application/zip");

        for (String folder : List.of("", "/_uploads", "/api/uploads")) {
            Exchange upload = new Exchange(
                    Instant.EPOCH,
                    0,
                    "POST",
                    folder + assets + "?name=a.zip",
                    new Message(zip, content("{PK")),
                    401,
                    new Message(JSON, content(ERROR.replace("404", "401"))),
                    true);
            assertThat(GitHubSpec.get().problems(upload)).as(folder).isEmpty();
        }
        assertThat(GitHubSpec.get().problems(exchange("POST", assets, "x", 401, JSON, ERROR.replace("404", "401"))))
                .singleElement()
                .asString()
                .contains("name");
    }

    @Test
    void whereGitHubLeadsElsewhereItSaysWhere() {
        String logs = "/repos/o/r/actions/jobs/1/logs";

        assertThat(GitHubSpec.get()
                        .problems(exchange("GET", logs, "", 302, Map.of("Location", "http://127.0.0.1/_links/x"), "")))
                .isEmpty();
        assertThat(GitHubSpec.get().problems(exchange("GET", logs, "", 302, Map.of(), "")))
                .isNotEmpty();
    }

    @Test
    void nothingNewIsAnAnswerToThoseWhoAskedForNews() {
        assertThat(got("/repos/o/r", 304, "")).isNotEmpty();
    }

    @Test
    void anotherPortsOfficeIsNotJudged() {
        assertThat(got("/_links/abc", 200, "anything")).isEmpty();
        assertThat(got("/graphql", 200, "{\"data\":{}}")).isEmpty();
        assertThat(GitHubSpec.get()
                        .problems(exchange("GET", "/o/r", "", 200, Map.of("Content-Type", "text/html"), "<html>")))
                .isEmpty();
        assertThat(GitHubSpec.get()
                        .problems(
                                exchange("GET", "/repos/o/r", "", 200, Map.of("Content-Type", "text/html"), "<html>")))
                .isNotEmpty();
    }

    @Test
    void whatWasCutCannotPass() {
        Message cut = new Message(JSON, new Content("{\"ref\":", false, 9_000_000, true));
        Exchange exchange = new Exchange(
                Instant.EPOCH,
                0,
                "GET",
                "/repos/o/r/git/ref/heads/a",
                new Message(Map.of(), content("")),
                200,
                cut,
                true);

        assertThat(GitHubSpec.get().problems(exchange))
                .singleElement()
                .asString()
                .contains("9000000");
    }

    @Test
    void exchangesThatSayTheSameAreReportedOnce() {
        Exchange wrong = exchange("GET", "/repos/o/r", "", 200, JSON, "{}");

        List<Violation> violations = GitHubSpec.get().violations(List.of(wrong, wrong));

        assertThat(violations).hasSize(1);
        assertThat(violations.get(0).toString()).startsWith("GET /repos/o/r -> 200\n    response: ");
    }
}
