package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final Pattern LINK = Pattern.compile("(?:href|action|src)=\"(/[^\"#]*)");
    private static final Pattern NEXT = Pattern.compile("data-next=\"(\\d+)\"");

    @TempDir
    Path state;

    private Hub hub;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).workflow("""
                name: "N %1$s"
                run-name: "T %1$s"
                on: workflow_dispatch
                jobs:
                  job:
                    name: "J %1$s"
                    runs-on: ubuntu-24.04
                    steps:
                      - name: "S %1$s"
                        run: |
                          echo 'said %1$s'
                          echo '# Summary %1$s' >> "$GITHUB_STEP_SUMMARY"
                      - run: exit 3
                """.formatted(HOSTILE));
        hub.github.commit(
                Hub.OWNER,
                Hub.NAME,
                "M " + HOSTILE,
                Map.of("README.md", ("# R " + HOSTILE).getBytes(), "d/" + "<b>&x y.txt", HOSTILE.getBytes()));
        visitor = Visitor.signedIn(hub);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long failed() {
        long run = hub.dispatch();
        assertThat(hub.awaitEnd(run).path("conclusion").asText()).isEqualTo("failure");
        return run;
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhereAndNoTextBecomesMarkup() {
        failed();
        Set<String> seen = new LinkedHashSet<>(List.of("/"));
        Set<String> visited = new LinkedHashSet<>();
        while (visited.size() < seen.size()) {
            String path = seen.stream()
                    .filter(each -> !visited.contains(each))
                    .findFirst()
                    .orElseThrow();
            visited.add(path);
            if (path.endsWith("/rerun") || path.endsWith("/cancel")) {
                continue;
            }
            HttpResponse<String> response = visitor.get(path);
            assertThat(response.statusCode()).as(path).isIn(200, 303);
            if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                assertThat(response.body().replace("<script src=\"/_page/page.js\" defer>", ""))
                        .as(path)
                        .doesNotContain("<script", "<b>");
                Matcher links = LINK.matcher(response.body());
                while (links.find()) {
                    seen.add(links.group(1).replace("&amp;", "&"));
                }
            }
        }
        assertThat(visited)
                .hasSizeGreaterThan(20)
                .contains(
                        "/acme",
                        "/acme/runner",
                        "/acme/runner/tree/main/d",
                        "/acme/runner/blob/main/d/%3Cb%3E%26x%20y.txt",
                        "/acme/runner/actions/workflows/job.yml");
    }

    @Test
    void addressesThatTheApiGivesForPeopleArePages() {
        long run = failed();
        JsonNode json = hub.run(run);
        Set<String> addresses = new LinkedHashSet<>(json.findValuesAsText("html_url"));
        addresses.addAll(hub.job(run).findValuesAsText("html_url"));
        addresses.addAll(hub.json(Hub.repository("/contents/d")).findValuesAsText("html_url"));
        addresses.addAll(hub.json(Hub.repository("/contents/?ref=main")).findValuesAsText("html_url"));
        addresses.addAll(hub.json(Hub.repository("/actions/workflows")).findValuesAsText("html_url"));
        assertThat(addresses).hasSizeGreaterThan(6);

        for (String address : addresses) {
            assertThat(visitor.get(URI.create(address).getRawPath()).statusCode())
                    .as(address)
                    .isIn(200, 303);
        }
    }

    @Test
    void aRunShowsItsJobsAndWhatTheyLeft() {
        long run = failed();

        String page = visitor.page("/acme/runner/actions/runs/" + run);

        assertThat(page)
                .contains("T &lt;script&gt;", "J &lt;script&gt;", "<h3>Summary &lt;script&gt;", "Failed", "Re-run all");
        assertThat(visitor.page("/acme/runner/actions/runs/" + run + "/attempts/1"))
                .contains("J &lt;script&gt;");
        assertThat(visitor.get("/acme/runner/actions/runs/" + run + "/attempts/2")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theListOfRunsIsFilteredAndPaged() {
        failed();

        assertThat(visitor.page("/acme/runner/actions?status=failure&workflow=job.yml"))
                .contains("#1: workflow_dispatch");
        assertThat(visitor.page("/acme/runner/actions?status=success")).contains("No run fits");
        assertThat(visitor.page("/acme/runner/actions/workflows/other.yml")).contains("No run fits");
        assertThat(visitor.page("/acme/runner/actions?page=2"))
                .contains("Newer")
                .doesNotContain("#1:");
        assertThat(visitor.page("/acme/runner/actions?page=x")).contains("#1:");
    }

    @Test
    void stepsThatFailedAreOpenAndOthersAreLoadedWhenTheyAreWanted() {
        long run = failed();
        String job = URI.create(hub.job(run).path("html_url").asText()).getRawPath();

        String page = visitor.page(job);

        assertThat(page)
                .contains("Process completed with exit code 3.", "Load the log of this step")
                .doesNotContain(">said &lt;script&gt;");
        assertThat(visitor.page(job + "?step=2")).contains(">said &lt;script&gt;");
        assertThat(visitor.page(job + "/log?step=2")).contains(">said &lt;script&gt;");
        assertThat(visitor.page(job + "/log?step=99")).contains("data-next=\"0\"");
        assertThat(visitor.get(job + "/log").statusCode()).isEqualTo(404);
        assertThat(visitor.get(job + "/raw").headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
    }

    @Test
    void aLogIsReadOnFromWhereItWasLeft() throws IOException {
        hub.script(
                "echo first",
                "mkfifo gate",
                "while [ ! -e go ]; do read -rt 0.05 <> gate || true; done",
                "echo second");
        long run = hub.dispatch();
        hub.awaitStatus(run, "in_progress");
        String job = URI.create(hub.job(run).path("html_url").asText()).getRawPath();
        await().until(() -> visitor.page(job + "/log?step=2").contains(">first<"));
        Matcher next = NEXT.matcher(visitor.page(job + "/log?step=2"));
        assertThat(next.find()).isTrue();
        assertThat(visitor.page(job + "?live=1")).contains("In progress", "data-every=\"700\"");
        Files.createFile(hub.workspace(state, run).resolve("go"));
        hub.awaitEnd(run);

        assertThat(visitor.page(job + "/log?step=2&from=" + next.group(1)))
                .contains(">second<")
                .doesNotContain("first");
        assertThat(visitor.page(job + "?live=1")).contains("Success", "data-every=\"0\"");
    }

    @Test
    void branchesMayHoldSlashesAndBeReachedByCommits() throws IOException {
        String sha = hub.run(hub.dispatch()).path("head_sha").asText();
        hub.call("POST", Hub.repository("/git/refs"), "{\"ref\":\"refs/heads/eval/one\",\"sha\":\"" + sha + "\"}");

        assertThat(visitor.page("/acme/runner/tree/eval/one/d")).contains("&lt;b&gt;&amp;x y.txt");
        assertThat(visitor.page("/acme/runner/tree/" + sha)).contains("README.md");
        assertThat(visitor.page("/acme/runner/branches")).contains("eval/one", "default");
        assertThat(visitor.page("/acme/runner/commits/eval/one")).contains("M &lt;script&gt;");
        assertThat(visitor.page("/acme/runner/commit/" + sha)).contains("+&lt;script&gt;", "files changed");
        assertThat(visitor.get("/acme/runner/tree/none").statusCode()).isEqualTo(404);
    }

    @Test
    void anEmptyRepositoryAndAnEmptyListSaySo() throws IOException {
        hub.github.createRepository(Hub.OWNER, "empty");

        assertThat(visitor.page("/acme/empty")).contains("no commits yet");
        assertThat(visitor.page("/acme/empty/actions")).contains("Nothing has run yet");
        assertThat(visitor.page("/acme/empty/branches")).contains("no branches yet");
        assertThat(visitor.page("/")).contains("acme/empty");
    }
}
