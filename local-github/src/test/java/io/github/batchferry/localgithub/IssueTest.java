package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssueTest {
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

    private JsonNode open(String title, String more) {
        return hub.expect(201, "POST", "/issues", "{\"title\":\"" + title + "\"" + more + "}");
    }

    private Iterable<String> titles(String query) {
        return hub.expect(200, "GET", "/issues" + query, "").findValuesAsText("title");
    }

    @Test
    void issuesAreOpenedUnderConsecutiveNumbersAndCounted() {
        JsonNode first =
                open("One", ",\"body\":\"Why\",\"labels\":[\"bug\",{\"name\":\"new one\"}],\"assignees\":[\"local\"]");
        open("Two", "");

        assertThat(first.path("number").asInt()).isEqualTo(1);
        assertThat(first.path("body").asText()).isEqualTo("Why");
        assertThat(first.at("/user/login").asText()).isEqualTo("local");
        assertThat(first.at("/assignee/login").asText()).isEqualTo("local");
        assertThat(first.path("labels").findValuesAsText("name")).containsExactly("bug", "new one");
        assertThat(first.path("labels").findValuesAsText("color")).containsExactly("d73a4a", "ededed");
        assertThat(first.has("pull_request")).isFalse();
        assertThat(hub.expect(200, "GET", "/issues/1", "")).isEqualTo(first);
        assertThat(hub.json(first.path("url").asText())).isEqualTo(first);
        assertThat(hub.expect(200, "GET", "", "").path("open_issues_count").asInt())
                .isEqualTo(2);
        assertThat(titles("")).containsExactly("Two", "One");
    }

    @Test
    void anIssueThatCannotBeIsRefused() {
        assertThat(hub.expect(422, "POST", "/issues", "{\"title\":\" \"}")
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("missing_field");
        assertThat(hub.expect(422, "POST", "/issues", "{\"title\":\"x\",\"milestone\":1}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("the embedded GitHub does not know `milestone`; leave it out");
        assertThat(hub.expect(422, "POST", "/issues", "{\"title\":\"x\",\"assignees\":[\"mallory\"]}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("`mallory` cannot be assigned to this issue");
        assertThat(hub.expect(422, "POST", "/issues", "{\"title\":\"" + "x".repeat(257) + "\"}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("title is too long (maximum is 256 characters)");
        assertThat(hub.refusal(422, "POST", "/issues", "{\"title\":\"x\",\"labels\":[5]}"))
                .isEqualTo("Invalid request.\n\nFor 'properties/labels/items', 5 is not a string.");
        assertThat(titles("?state=all")).isEmpty();
    }

    @Test
    void anIssueIsReworkedClosedAndOpenedAgain() {
        open("One", ",\"body\":\"old\"");

        hub.expect(200, "PATCH", "/issues/1", "{\"title\":\"Uno\",\"labels\":[\"wontfix\"]}");
        JsonNode closed =
                hub.expect(200, "PATCH", "/issues/1", "{\"state\":\"closed\",\"state_reason\":\"not_planned\"}");
        assertThat(closed.path("title").asText()).isEqualTo("Uno");
        assertThat(closed.path("body").asText()).isEqualTo("old");
        assertThat(closed.path("labels").findValuesAsText("name")).containsExactly("wontfix");
        assertThat(closed.path("state_reason").asText()).isEqualTo("not_planned");
        assertThat(closed.at("/closed_by/login").asText()).isEqualTo("local");
        assertThat(titles("")).isEmpty();

        JsonNode reopened = hub.expect(200, "PATCH", "/issues/1", "{\"state\":\"open\",\"body\":null}");
        assertThat(reopened.path("state").asText()).isEqualTo("open");
        assertThat(reopened.path("state_reason").asText()).isEqualTo("reopened");
        assertThat(reopened.path("closed_at").isNull()).isTrue();
        assertThat(reopened.path("body").isNull()).isTrue();
        hub.expect(422, "PATCH", "/issues/1", "{\"state\":\"gone\"}");
        hub.expect(404, "PATCH", "/issues/2", "{}");
    }

    @Test
    void issuesAreFilteredSortedAndPaged() {
        open("One", ",\"labels\":[\"bug\",\"question\"]");
        open("Two", ",\"labels\":[\"bug\"],\"assignees\":[\"local\"]");
        open("Three", "");
        hub.expect(200, "PATCH", "/issues/3", "{\"state\":\"closed\"}");
        hub.expect(201, "POST", "/issues/1/comments", "{\"body\":\"hm\"}");

        assertThat(titles("?labels=bug,Question")).containsExactly("One");
        assertThat(titles("?labels=bug&direction=asc")).containsExactly("One", "Two");
        assertThat(titles("?state=closed")).containsExactly("Three");
        assertThat(titles("?state=all")).hasSize(3);
        assertThat(titles("?assignee=none")).containsExactly("One");
        assertThat(titles("?assignee=*")).containsExactly("Two");
        assertThat(titles("?assignee=local&creator=local")).containsExactly("Two");
        assertThat(titles("?creator=mallory")).isEmpty();
        assertThat(titles("?milestone=none")).hasSize(2);
        assertThat(titles("?sort=comments")).containsExactly("One", "Two");
        assertThat(titles("?since=2099-01-01T00:00:00Z")).isEmpty();
        HttpResponse<String> page = hub.get(Hub.repository("/issues?state=all&per_page=2&page=2"));
        assertThat(Hub.json(page)).hasSize(1);
        assertThat(page.headers().firstValue("Link").orElseThrow()).contains("rel=\"prev\"", "state=all");
    }

    @Test
    void assigneesComeAndGoAndStrangersArePassedOver() {
        open("One", "");

        assertThat(hub.expect(201, "POST", "/issues/1/assignees", "{\"assignees\":[\"mallory\",\"local\"]}")
                        .path("assignees")
                        .findValuesAsText("login"))
                .containsExactly("local");
        assertThat(hub.expect(200, "DELETE", "/issues/1/assignees", "{\"assignees\":[\"local\"]}")
                        .path("assignees"))
                .isEmpty();
    }

    @Test
    void aNewRepositoryHasGitHubsLabelsAndTakesMore() {
        assertThat(hub.expect(200, "GET", "/labels", "").findValuesAsText("name"))
                .hasSize(9)
                .contains("bug", "good first issue");

        JsonNode made = hub.expect(
                201, "POST", "/labels", "{\"name\":\"evals/new\",\"color\":\"00FF00\",\"description\":\"Model runs\"}");
        assertThat(hub.expect(200, "GET", "/labels/evals%2FNEW", "")).isEqualTo(made);
        assertThat(hub.expect(422, "POST", "/labels", "{\"name\":\"Evals/New\"}")
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("already_exists");
        assertThat(hub.expect(422, "POST", "/labels", "{\"name\":\"x\",\"color\":\"#00ff00\"}")
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("color");
        assertThat(hub.expect(422, "POST", "/labels", "{\"name\":\"" + "x".repeat(51) + "\"}")
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("name");
    }

    @Test
    void aRenamedLabelStaysWithItsIssuesAndADeletedOneLeavesThem() {
        open("One", ",\"labels\":[\"bug\",\"question\"]");

        hub.expect(200, "PATCH", "/labels/bug", "{\"new_name\":\"defect\",\"color\":\"111111\"}");
        hub.expect(204, "DELETE", "/labels/question", "");

        assertThat(hub.expect(200, "GET", "/issues/1/labels", "").findValuesAsText("name"))
                .containsExactly("defect");
        hub.expect(404, "GET", "/labels/bug", "");
        hub.expect(422, "PATCH", "/labels/defect", "{\"new_name\":\"wontfix\"}");
    }

    @Test
    void labelsOfAnIssueAreAddedSetAndRemoved() {
        open("One", "");

        assertThat(hub.expect(200, "POST", "/issues/1/labels", "{\"labels\":[\"bug\",\"fresh\"]}")
                        .findValuesAsText("name"))
                .containsExactly("bug", "fresh");
        assertThat(hub.expect(200, "POST", "/issues/1/labels", "{\"labels\":[\"BUG\",{\"name\":\"invalid\"}]}")
                        .findValuesAsText("name"))
                .containsExactly("bug", "fresh", "invalid");
        assertThat(hub.expect(200, "DELETE", "/issues/1/labels/fresh", "").findValuesAsText("name"))
                .containsExactly("bug", "invalid");
        assertThat(hub.refusal(404, "DELETE", "/issues/1/labels/fresh", "")).isEqualTo("Label does not exist");
        assertThat(hub.expect(200, "PUT", "/issues/1/labels", "{\"labels\":[\"question\"]}")
                        .findValuesAsText("name"))
                .containsExactly("question");
        hub.expect(204, "DELETE", "/issues/1/labels", "");
        assertThat(hub.expect(200, "GET", "/issues/1/labels", "")).isEmpty();
        hub.expect(404, "POST", "/issues/2/labels", "{\"labels\":[\"bug\"]}");
    }

    @Test
    void commentsAreWrittenChangedAndDeleted() {
        open("One", "");
        open("Two", "");
        JsonNode first = hub.expect(201, "POST", "/issues/1/comments", "{\"body\":\"a\"}");
        JsonNode second = hub.expect(201, "POST", "/issues/2/comments", "{\"body\":\"b\"}");

        String path = "/issues/comments/" + first.path("id").asText();
        assertThat(hub.expect(200, "GET", path, "")).isEqualTo(first);
        assertThat(hub.expect(200, "PATCH", path, "{\"body\":\"c\"}")
                        .path("body")
                        .asText())
                .isEqualTo("c");
        assertThat(hub.expect(200, "GET", "/issues/1/comments", "").findValuesAsText("body"))
                .containsExactly("c");
        assertThat(hub.expect(200, "GET", "/issues/comments", "").findValuesAsText("body"))
                .containsExactly("c", "b");
        assertThat(hub.expect(200, "GET", "/issues/comments?sort=created", "").findValuesAsText("body"))
                .containsExactly("b", "c");
        assertThat(hub.expect(200, "GET", "/issues/1", "").path("comments").asInt())
                .isEqualTo(1);
        assertThat(hub.expect(422, "POST", "/issues/1/comments", "{\"body\":\"\"}")
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("missing_field");
        hub.expect(204, "DELETE", path, "");
        hub.expect(404, "GET", path, "");
        assertThat(second.path("html_url").asText())
                .endsWith("/acme/runner/issues/2#issuecomment-"
                        + second.path("id").asText());
    }

    @Test
    void whatWasSaidSurvivesARestart() throws IOException {
        open("One", ",\"labels\":[\"own\"]");
        hub.expect(201, "POST", "/issues/1/comments", "{\"body\":\"a\"}");
        String comments = hub.get(Hub.repository("/issues/1/comments")).body();
        String issue = hub.get(Hub.repository("/issues/1")).body();
        String before = hub.github.url().toString();

        hub.close();
        hub = new Hub(state);

        String after = hub.github.url().toString();
        assertThat(hub.get(Hub.repository("/issues/1")).body()).isEqualTo(issue.replace(before, after));
        assertThat(hub.get(Hub.repository("/issues/1/comments")).body()).isEqualTo(comments.replace(before, after));
        assertThat(open("Two", "").path("number").asInt()).isEqualTo(2);
    }

    @Test
    void manyAtOnceGetNumbersOfTheirOwn() {
        java.util.stream.IntStream.range(0, 20).parallel().forEach(each -> open("Issue " + each, ""));

        assertThat(hub.expect(200, "GET", "/issues?direction=asc", "").findValuesAsText("number"))
                .containsExactly(java.util.stream.IntStream.rangeClosed(1, 20)
                        .mapToObj(Integer::toString)
                        .toArray(String[]::new));
    }
}
