import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.batchferry.provider.GitHubActionsProvider;
import io.github.batchferry.provider.batch.BatchListener;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Targets;
import io.github.batchferry.wire.BatchId;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.ResponseLine;
import io.github.batchferry.wire.json.RawJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for the capitals of some countries from Java. Without arguments the embedded GitHub's offline vendor answers; an argument
 * names a target of targets.yaml. After ./ferry was built:
 *
 * <pre>java -cp provider/target/ferry.jar examples/java/Capitals.java</pre>
 */
public final class Capitals {
    private Capitals() {}

    public static void main(String[] args) throws Exception {
        Target target = Targets.load(Path.of("."), Optional.empty(), System.getenv())
                .find(args.length > 0 ? args[0] : "local");

        try (GitHubActionsProvider provider = GitHubActionsProvider.of(target, System.getenv())
                .client("capitals/1.0")
                .timeout(Duration.ofMinutes(30))
                .cache(true)
                .listener(new Talkative())
                .build()) {
            CompletableFuture<List<ResponseLine>> answers =
                    provider.invokeBatchAsync(questions(List.of("France", "Japan", "Peru")));
            // the program may do something else meanwhile
            for (ResponseLine answer : answers.get()) {
                System.out.println(answer.customId() + ": " + answer.text().orElse("no text"));
            }
        }
    }

    private static List<RequestLine> questions(List<String> countries) throws Exception {
        List<RequestLine> questions = new ArrayList<>();
        for (String country : countries) {
            String body = """
                    {"model":"echo-1","messages":[{"role":"user","content":"Capital of %s?"}]}
                    """.formatted(country);
            questions.add(RequestLineComposer.compose(
                    new CustomId("capital-of-" + country),
                    new EndpointPath("/v1/chat/completions"),
                    Optional.empty(),
                    RawJson.parse(body.strip().getBytes(UTF_8))));
        }
        return questions;
    }

    /** Says on standard error what happens; its id finds a batch again. */
    private static final class Talkative implements BatchListener {
        @Override
        public void prepared(BatchId batch, long requests) {
            System.err.println("batch " + batch + " with " + requests + " requests");
        }

        @Override
        public void answeredFromCache(BatchId batch, long cached, long requests) {
            System.err.println(cached + " of " + requests + " answered from the cache");
        }
    }
}
