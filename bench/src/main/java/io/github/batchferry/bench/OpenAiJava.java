package io.github.batchferry.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** OpenAI's own Java client with its defaults, called by as many threads as calls are to be under way. */
record OpenAiJava(Setting setting) implements Peer {
    @Override
    public String subject() {
        return "openai-java 4.100.0";
    }

    @Override
    public List<String> prepare(Path folder, URI vendor, Requests requests, int concurrency) {
        return List.of(
                setting.java(setting.newest()).toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                setting.classPath(),
                OpenAiJavaProgram.class.getName(),
                vendor.toString(),
                requests.file().toString(),
                Integer.toString(concurrency),
                folder.resolve("out.jsonl").toString());
    }

    @Override
    public Map<String, String> environment(Path folder) {
        return Map.of();
    }
}
