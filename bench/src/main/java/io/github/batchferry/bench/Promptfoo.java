package io.github.batchferry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** promptfoo with its OpenAI provider; no cache, no telemetry, no update check, no table. */
record Promptfoo(Setting setting) implements Peer {
    private static final String VERSION = "0.123.1";

    /** Whether {@code bench/run} has installed it. */
    static boolean isInstalled(Setting setting) {
        return Files.exists(program(setting));
    }

    @Override
    public String subject() {
        return "promptfoo " + VERSION;
    }

    @Override
    public List<String> prepare(Path folder, URI vendor, Requests requests, int concurrency) throws IOException {
        List<Object> tests = new ArrayList<>();
        for (int i = 0; i < requests.count(); i++) {
            tests.add(Map.of("vars", Map.of("question", Requests.prompt(i))));
        }
        Map<String, Object> config = Map.of(
                "prompts", List.of("Answer in one word. {{question}}"),
                "providers",
                        List.of(Map.of(
                                "id",
                                "openai:chat:" + Requests.MODEL,
                                "config",
                                Map.of("apiBaseUrl", vendor.toString(), "apiKey", "sk-benchmark", "max_tokens", 60))),
                "tests", tests);
        new ObjectMapper().writeValue(folder.resolve("config.json").toFile(), config);
        return List.of(
                home(setting).resolve("node_modules/node/bin/node").toString(),
                program(setting).toString(),
                "eval",
                "-c",
                "config.json",
                "-j",
                Integer.toString(concurrency),
                "--no-cache",
                "--no-table",
                "--no-progress-bar",
                "--no-share",
                "-o",
                "out.json");
    }

    @Override
    public Map<String, String> environment(Path folder) {
        return Map.of(
                "PROMPTFOO_CONFIG_DIR", folder.resolve("home").toString(),
                "PROMPTFOO_DISABLE_TELEMETRY", "1",
                "PROMPTFOO_DISABLE_UPDATE", "1",
                "PROMPTFOO_DISABLE_REMOTE_GENERATION", "1",
                "PROMPTFOO_DISABLE_SHARING", "1",
                "PROMPTFOO_CACHE_ENABLED", "false",
                "PROMPTFOO_FAILED_TEST_EXIT_CODE", "0");
    }

    private static Path home(Setting setting) {
        return setting.project().resolve("bench/.cache/promptfoo-" + VERSION);
    }

    private static Path program(Setting setting) {
        return home(setting).resolve("node_modules/promptfoo/dist/src/main.js");
    }
}
