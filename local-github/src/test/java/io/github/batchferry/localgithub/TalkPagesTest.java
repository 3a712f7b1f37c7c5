package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.store.EnvironmentRules;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages about what people say and decide. */
class TalkPagesTest {
    private static final String HOSTILE = "<script>alert(1)</script>";

    @TempDir
    Path state;

    private Hub hub;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("README.md", "first");
        visitor = Visitor.signedIn(hub);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private JsonNode created(String path, String body) {
        HttpResponse<String> response = hub.post(path.startsWith("http") ? path : Hub.repository(path), body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Hub.json(response);
    }

    private String pageOf(JsonNode thing) {
        String address = thing.path("html_url").asText();
        assertThat(address).startsWith(hub.github.url().toString());
        String page = visitor.page(URI.create(address).getRawPath());
        assertThat(page.replace("<script src=\"/_page/page.js\" defer>", "")).doesNotContain("<script");
        return page;
    }

    private JsonNode pull() throws IOException {
        String sha =
                hub.json(Hub.repository("/branches/main")).at("/commit/sha").asText();
        created("/git/refs", "{\"ref\":\"refs/heads/topic/one\",\"sha\":\"" + sha + "\"}");
        HttpResponse<String> file = hub.call(
                "PUT",
                Hub.repository("/contents/new.txt"),
                "{\"message\":\"Add " + HOSTILE + "\",\"content\":\"bmV3Cg==\",\"branch\":\"topic/one\"}");
        assertThat(file.statusCode()).as(file.body()).isEqualTo(201);
        return created(
                "/pulls",
                "{\"title\":\"P " + HOSTILE + "\",\"head\":\"topic/one\",\"base\":\"main\",\"body\":\"**why**\"}");
    }

    @Test
    void anIssueShowsWhatWasSaid() {
        JsonNode issue = created(
                "/issues", "{\"title\":\"I " + HOSTILE + "\",\"body\":\"B " + HOSTILE + "\",\"labels\":[\"bug\"]}");
        JsonNode comment = created("/issues/1/comments", "{\"body\":\"C " + HOSTILE + "\"}");

        assertThat(pageOf(issue)).contains("I &lt;script&gt;", "B &lt;script&gt;", "C &lt;script&gt;", "bug", ">open<");
        assertThat(pageOf(comment))
                .contains("id=\"issuecomment-" + comment.path("id").asText() + "\"");
        assertThat(visitor.page("/acme/runner/issues")).contains("I &lt;script&gt;");
        assertThat(visitor.page("/acme/runner/issues?state=closed")).contains("none that are closed");
        hub.call("PATCH", Hub.repository("/issues/1"), "{\"state\":\"closed\"}");
        assertThat(visitor.page("/acme/runner/issues?state=closed")).contains("I &lt;script&gt;");
        assertThat(pageOf(issue)).contains("closed this");
        assertThat(visitor.get("/acme/runner/issues/9").statusCode()).isEqualTo(404);
    }

    @Test
    void aPullRequestShowsItsCommitsAndChanges() throws IOException {
        JsonNode pull = pull();

        assertThat(pageOf(pull))
                .contains(
                        "P &lt;script&gt;",
                        "<strong>why</strong>",
                        "Add &lt;script&gt;",
                        "new.txt",
                        "+new",
                        "topic/one");
        assertThat(visitor.page("/acme/runner/pulls")).contains("P &lt;script&gt;");
        assertThat(visitor.get("/acme/runner/issues/1").headers().firstValue("Location"))
                .contains("/acme/runner/pull/1");
        assertThat(visitor.page("/acme/runner/compare/main...topic/one")).contains("Add &lt;script&gt;", "+new");
        hub.call("PUT", Hub.repository("/pulls/1/merge"), "{}");
        assertThat(pageOf(pull)).contains(">merged<", "merged this");
        assertThat(visitor.page("/acme/runner/pulls?state=closed")).contains("P &lt;script&gt;");
    }

    @Test
    void aReleaseHasFilesToDownload() {
        JsonNode release = created(
                "/releases", "{\"tag_name\":\"v1\",\"name\":\"R " + HOSTILE + "\",\"body\":\"N " + HOSTILE + "\"}");
        String upload = release.path("upload_url").asText().replaceFirst("\\{.*", "");
        HttpResponse<String> uploaded = hub.send(hub.request(upload + "?name=data.html")
                .header("Authorization", "Bearer " + hub.github.token())
                .header("Content-Type", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(HOSTILE)));
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);

        assertThat(pageOf(release)).contains("R &lt;script&gt;", "N &lt;script&gt;", "data.html");
        assertThat(visitor.page("/acme/runner/releases")).contains("R &lt;script&gt;", "1 file");
        HttpResponse<String> file = visitor.get("/acme/runner/releases/download/v1/data.html");
        assertThat(file.body()).isEqualTo(HOSTILE);
        assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(visitor.get("/acme/runner/releases/download/v1/none").statusCode())
                .isEqualTo(404);
        assertThat(visitor.get("/acme/runner/releases/tag/v2").statusCode()).isEqualTo(404);
    }

    @Test
    void whatWaitsForAnApprovalIsDecidedOnThePageOfTheRun() throws IOException {
        hub.github.createEnvironment(Hub.OWNER, Hub.NAME, "live", EnvironmentRules.NONE.reviewedBy("local"));
        hub.workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    environment: live
                    steps:
                      - run: echo deployed
                """);
        long run = hub.dispatch();
        hub.awaitStatus(run, "waiting");
        String path = "/acme/runner/actions/runs/" + run;
        String page = visitor.page(path);
        assertThat(page).contains("Jobs wait for the environment", "Approve", "Reject");
        JsonNode environment = hub.json(Hub.repository("/environments/live"));

        HttpResponse<String> sent = visitor.post(
                path + "/environments/" + environment.path("id").asText() + "/approve",
                "form_token=" + Visitor.formToken(page));

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("success");
        URI log = URI.create(environment.path("html_url").asText());
        assertThat(visitor.page(log.getRawPath() + "?" + log.getRawQuery())).contains("Deployments to", "job");
        assertThat(visitor.page("/acme/runner/deployments?environments_filter=none"))
                .contains("Nothing was deployed");
    }

    @Test
    void checksOfAppsHaveAPage() throws IOException {
        AppToken app = AppToken.install(hub, "checker", Clock.systemUTC(), Map.of("checks", "write"));
        String sha =
                hub.json(Hub.repository("/branches/main")).at("/commit/sha").asText();
        HttpResponse<String> response =
                hub.call(app.token(), "POST", Hub.repository("/check-runs"), """
                {"name": "K %1$s", "head_sha": "%2$s", "conclusion": "action_required",
                 "output": {"title": "O %1$s", "summary": "S %1$s", "annotations": [{"path": "README.md",
                 "start_line": 3, "end_line": 3, "annotation_level": "failure", "message": "M %1$s"}]}}
                """.formatted(HOSTILE, sha));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);

        assertThat(pageOf(Hub.json(response)))
                .contains("K &lt;script&gt;", "O &lt;script&gt;", "S &lt;script&gt;", "M &lt;script&gt;")
                .contains("action required", "README.md</bdi>:3");
        assertThat(visitor.get("/acme/runner/runs/99").statusCode()).isEqualTo(404);
    }
}
