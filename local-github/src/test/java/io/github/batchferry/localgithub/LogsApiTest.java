package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsApiTest {
    @TempDir
    Path state;

    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).workflow("""
                on: workflow_dispatch
                jobs:
                  job:
                    name: "Build: all/of it"
                    runs-on: ubuntu-24.04
                    steps:
                      - name: "Say a/b"
                        run: echo "said $GITHUB_RUN_ATTEMPT"
                      - run: echo second
                """);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private long finished() {
        long run = hub.dispatch();
        hub.awaitEnd(run);
        return run;
    }

    private Map<String, String> zip(String path) throws IOException, InterruptedException {
        HttpResponse<String> redirect = hub.get(Hub.repository(path));
        assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
        URI link = URI.create(redirect.headers().firstValue("Location").orElseThrow());
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/zip");
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void theZipHasAFileForEachJobAndOneForEachStep() throws IOException, InterruptedException {
        Map<String, String> files = zip("/actions/runs/" + finished() + "/logs");

        assertThat(files.keySet())
                .containsExactly(
                        "0_Build allof it.txt",
                        "Build allof it/1_Set up job.txt",
                        "Build allof it/2_Say ab.txt",
                        "Build allof it/3_Run echo second.txt",
                        "Build allof it/4_Complete job.txt");
        assertThat(files.get("Build allof it/2_Say ab.txt")).contains("Z said 1\n");
        assertThat(files.get("0_Build allof it.txt")).contains("Z said 1\n", "Z second\n");
        assertThat(state.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void eachAttemptHasItsOwn() throws IOException, InterruptedException {
        long run = finished();
        hub.post(Hub.repository("/actions/runs/" + run + "/rerun"), "");
        hub.awaitEnd(run);

        assertThat(zip("/actions/runs/" + run + "/attempts/1/logs").get("0_Build allof it.txt"))
                .contains("said 1");
        assertThat(zip("/actions/runs/" + run + "/logs").get("0_Build allof it.txt"))
                .contains("said 2");
    }

    @Test
    void deletedLogsAreGoneAndTheRunIsNot() {
        long run = finished();
        String job = hub.job(run).path("id").asText();

        HttpResponse<String> deleted = hub.call("DELETE", Hub.repository("/actions/runs/" + run + "/logs"), "");

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(hub.get(Hub.repository("/actions/runs/" + run + "/logs")).statusCode())
                .isEqualTo(404);
        assertThat(hub.get(Hub.repository("/actions/jobs/" + job + "/logs")).statusCode())
                .isEqualTo(404);
        assertThat(hub.run(run).path("conclusion").asText()).isEqualTo("success");
    }
}
