package io.github.batchferry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What a user of openai-java would write to answer a file of requests: a pool of threads, one answer per line. */
public final class OpenAiJavaProgram {
    private OpenAiJavaProgram() {}

    /** @param arguments base URL, file of requests, threads, file for answers */
    public static void main(String[] arguments) throws Exception {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(arguments[0])
                .apiKey("sk-benchmark")
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
        try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[1]));
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[3])))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String request = line;
                threads.submit(() -> answer(client, request, out));
            }
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.HOURS);
        }
        System.exit(0);
    }

    private static void answer(OpenAIClient client, String line, PrintWriter out) {
        try {
            JsonNode request = ObjectMappers.jsonMapper().readTree(line);
            ChatCompletionCreateParams.Body body =
                    ObjectMappers.jsonMapper().treeToValue(request.get("body"), ChatCompletionCreateParams.Body.class);
            ChatCompletion answer = client.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder().body(body).build());
            String text = ObjectMappers.jsonMapper().writeValueAsString(answer);
            synchronized (out) {
                out.println("{\"custom_id\":" + request.get("custom_id") + ",\"response\":" + text + "}");
            }
        } catch (Exception e) {
            System.err.println(line.substring(0, 30) + ": " + e);
        }
    }
}
