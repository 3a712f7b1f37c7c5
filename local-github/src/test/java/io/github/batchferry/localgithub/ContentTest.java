package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
    @TempDir
    Path state;

    @TempDir
    Path work;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("docs/a.txt", "a\n");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private static String body(String content, String more) {
        String base64 = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return "{\"message\":\"Change\",\"content\":\"" + base64 + "\"" + more + "}";
    }

    private String sha(String path) {
        return hub.expect(200, "GET", "/contents/" + path, "").path("sha").asText();
    }

    private String text(String path) {
        return new String(
                Base64.getMimeDecoder()
                        .decode(hub.expect(200, "GET", "/contents/" + path, "")
                                .path("content")
                                .asText()),
                StandardCharsets.UTF_8);
    }

    @Test
    void aFileIsCreatedChangedAndDeletedByOneCommitEach() {
        JsonNode created = hub.expect(201, "PUT", "/contents/docs/new/b.txt", body("one", ""));
        String sha = created.at("/content/sha").asText();
        JsonNode changed = hub.expect(200, "PUT", "/contents/docs/new/b.txt", body("two", ",\"sha\":\"" + sha + "\""));

        assertThat(text("docs/new/b.txt")).isEqualTo("two");
        assertThat(created.at("/content/path").asText()).isEqualTo("docs/new/b.txt");
        assertThat(created.at("/commit/message").asText()).isEqualTo("Change");
        assertThat(created.at("/commit/author/name").asText()).isEqualTo("local");
        assertThat(changed.at("/commit/parents/0/sha")).isEqualTo(created.at("/commit/sha"));

        JsonNode deleted = hub.expect(
                200,
                "DELETE",
                "/contents/docs/new/b.txt",
                "{\"message\":\"Away\",\"sha\":\"" + sha("docs/new/b.txt") + "\"}");
        assertThat(deleted.path("content").isNull()).isTrue();
        assertThat(deleted.at("/commit/message").asText()).isEqualTo("Away");
        assertThat(hub.refusal(404, "GET", "/contents/docs/new", "")).isEqualTo("Not Found");
    }

    @Test
    void aChangeWithoutTheRightShaIsRefusedAndNothingChanges() {
        String old = sha("docs/a.txt");
        hub.expect(200, "PUT", "/contents/docs/a.txt", body("b", ",\"sha\":\"" + old + "\""));

        assertThat(hub.refusal(422, "PUT", "/contents/docs/a.txt", body("c", "")))
                .isEqualTo("Invalid request.\n\n\"sha\" wasn't supplied.");
        assertThat(hub.refusal(409, "PUT", "/contents/docs/a.txt", body("c", ",\"sha\":\"" + old + "\"")))
                .isEqualTo("docs/a.txt does not match " + old);
        assertThat(hub.refusal(409, "DELETE", "/contents/docs/a.txt", "{\"message\":\"m\",\"sha\":\"" + old + "\"}"))
                .isEqualTo("docs/a.txt does not match " + old);
        assertThat(hub.refusal(404, "DELETE", "/contents/none", "{\"message\":\"m\",\"sha\":\"" + old + "\"}"))
                .isEqualTo("Not Found");
        assertThat(text("docs/a.txt")).isEqualTo("b");
    }

    @Test
    void aChangeOnABranchLeavesTheOthersAlone() {
        String main = hub.expect(200, "GET", "/git/ref/heads/main", "")
                .at("/object/sha")
                .asText();
        hub.expect(201, "POST", "/git/refs", "{\"ref\":\"refs/heads/a/b\",\"sha\":\"" + main + "\"}");

        hub.expect(201, "PUT", "/contents/new", body("x", ",\"branch\":\"a/b\""));

        assertThat(text("new?ref=a/b")).isEqualTo("x");
        assertThat(hub.refusal(404, "GET", "/contents/new", "")).isEqualTo("Not Found");
        assertThat(hub.refusal(404, "PUT", "/contents/new", body("x", ",\"branch\":\"none\"")))
                .isEqualTo("Branch none not found");
    }

    @Test
    void whatCannotBeAFileIsRefused() {
        assertThat(hub.refusal(422, "PUT", "/contents/docs", body("x", "")))
                .isEqualTo("docs is a directory, or leads through a file");
        assertThat(hub.refusal(422, "PUT", "/contents/docs/a.txt/b", body("x", "")))
                .isEqualTo("docs/a.txt/b is a directory, or leads through a file");
        assertThat(hub.refusal(422, "PUT", "/contents/.git/config", body("x", "")))
                .isEqualTo("path contains a malformed path component");
        assertThat(hub.refusal(422, "PUT", "/contents/x", "{\"message\":\"m\",\"content\":\"%\"}"))
                .isEqualTo("content is not valid Base64");
    }

    @Test
    void theFirstFileMakesTheDefaultBranch() throws IOException {
        hub.github.createRepository("acme", "empty");
        HttpResponse<String> response = hub.call("PUT", "/repos/acme/empty/contents/README.md", body("# Hi\n", ""));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(hub.json("/repos/acme/empty/branches").findValuesAsText("name"))
                .containsExactly("main");
        assertThat(hub.json("/repos/acme/empty/readme").path("path").asText()).isEqualTo("README.md");
    }

    @Test
    void namesOfPeopleAreTakenFromTheCall() {
        JsonNode commit = hub.expect(
                        201,
                        "PUT",
                        "/contents/x",
                        body(
                                "x",
                                ",\"committer\":{\"name\":\"C\",\"email\":\"c@d.e\",\"date\":\"2026-01-02T03:04:05Z\"}"))
                .path("commit");

        assertThat(commit.at("/author/name").asText()).isEqualTo("C");
        assertThat(commit.at("/committer/date").asText()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void aFolderIsListedWithLinksThatLeadToTheFiles() {
        JsonNode folder = hub.expect(200, "GET", "/contents/docs", "");

        assertThat(hub.send(hub.request(folder.at("/0/download_url").asText())).body())
                .isEqualTo("a\n");
        assertThat(hub.expect(200, "GET", "/contents/", "").findValuesAsText("type"))
                .containsExactly("dir");
    }

    @Test
    void anExecutableFileStaysOne() throws IOException {
        push("run.sh", "echo 1\n", "chmod +x run.sh");
        hub.expect(200, "PUT", "/contents/run.sh", body("echo 2\n", ",\"sha\":\"" + sha("run.sh") + "\""));

        assertThat(hub.expect(200, "GET", "/git/trees/main", "").findValuesAsText("mode"))
                .containsExactly("040000", "100755");
    }

    @Test
    void aLinkGivesItsFileAndABrokenOneItsTarget() throws IOException {
        push("real", "real\n", "ln -s ../real docs/link; ln -s /nowhere out; ln -s none docs/broken");

        assertThat(text("docs/link")).isEqualTo("real\n");
        for (String path : new String[] {"out", "docs/broken"}) {
            assertThat(hub.expect(200, "GET", "/contents/" + path, "")
                            .path("type")
                            .asText())
                    .isEqualTo("symlink");
        }
        assertThat(hub.expect(200, "GET", "/contents/out", "").path("target").asText())
                .isEqualTo("/nowhere");
    }

    @Test
    void aSubmoduleSaysWhereItsRepositoryIs() {
        String tip = hub.expect(200, "GET", "/git/ref/heads/main", "")
                .at("/object/sha")
                .asText();
        String modules = "[submodule \\\"lib\\\"]\\n\\tpath = libs/x\\n\\turl = https://example.invalid/x.git\\n";
        String tree = hub.expect(
                        201,
                        "POST",
                        "/git/trees",
                        "{\"base_tree\":\"" + tip
                                + "\",\"tree\":[{\"path\":\".gitmodules\",\"mode\":\"100644\",\"content\":\""
                                + modules
                                + "\"},{\"path\":\"libs/x\",\"mode\":\"160000\",\"type\":\"commit\",\"sha\":\"" + tip
                                + "\"}]}")
                .path("sha")
                .asText();
        String commit = hub.expect(201, "POST", "/git/commits", "{\"message\":\"m\",\"tree\":\"" + tree + "\"}")
                .path("sha")
                .asText();

        JsonNode submodule = hub.expect(200, "GET", "/contents/libs/x?ref=" + commit, "");
        assertThat(submodule.path("type").asText()).isEqualTo("submodule");
        assertThat(submodule.path("submodule_git_url").asText()).isEqualTo("https://example.invalid/x.git");
        assertThat(hub.expect(200, "GET", "/contents/libs?ref=" + commit, "").findValuesAsText("type"))
                .containsExactly("file");
    }

    @Test
    void anArchiveHoldsAllFiles() throws IOException {
        String deep = "long/" + "d/".repeat(60) + "ä.txt";
        push(
                "run.sh",
                "echo 1\n",
                "chmod +x run.sh; ln -s run.sh link; mkdir -p $(dirname " + deep + "); echo x > " + deep);

        byte[] zip = archive("/zipball/main");
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName().replaceFirst("^acme-runner-[0-9a-f]{7}/", ""));
            }
        }
        assertThat(names).containsExactlyInAnyOrder("docs/a.txt", "run.sh", "link", deep);

        Path folder = Files.createDirectories(work.resolve("out"));
        Files.write(folder.resolve("a.tar.gz"), archive("/tarball/main"));
        CommandLine tar = CommandLine.run(folder, "tar", "xzf", "a.tar.gz", "--strip-components=1");
        assertThat(tar.exit()).as(tar.output()).isZero();
        assertThat(folder.resolve(deep)).hasContent("x\n");
        assertThat(folder.resolve("docs/a.txt")).hasContent("a\n");
        assertThat(folder.resolve("run.sh")).isExecutable();
        assertThat(Files.readSymbolicLink(folder.resolve("link"))).hasToString("run.sh");
        assertThat(hub.get(Hub.repository("/tarball/none")).statusCode()).isEqualTo(404);
    }

    private byte[] archive(String path) throws IOException {
        HttpResponse<String> redirect = hub.get(Hub.repository(path));
        assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
        HttpRequest link = hub.request(redirect.headers().firstValue("Location").orElseThrow())
                .build();
        try {
            return java.net.http.HttpClient.newHttpClient()
                    .send(link, HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void push(String path, String content, String script) throws IOException {
        String url = hub.github.url().toString().replace("http://", "http://x:" + hub.github.token() + "@");
        git("git clone -q " + url + "/acme/runner.git clone && cd clone && printf '" + content.replace("\n", "\\n")
                + "' > " + path + " && " + script
                + " && git add -A && git commit -qm Change && git push -q origin main");
    }

    private void git(String script) throws IOException {
        CommandLine done = CommandLine.run(work, "bash", "-ec", script);
        assertThat(done.exit()).as(done.output()).isZero();
    }
}
