package io.github.batchferry.localgithub.openapi;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.exchanges.Exchange;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** GitHub's description of its REST API, version 2022-11-28, as a judge of exchanges. Thread-safe. */
public final class GitHubSpec {
    private static final String RESOURCE = "/github-openapi/api.github.com-2022-11-28.json.gz";

    /** A call that is refused so was wrong, and that is what the answer says. */
    private static final Set<Integer> REFUSED_AS_WRONG = Set.of(400, 404, 405, 413, 415, 422);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OpenApiInteractionValidator validator;

    private GitHubSpec(OpenApiInteractionValidator validator) {
        this.validator = validator;
    }

    /** Loads it at the first use: it takes most of a second. */
    private static final class Loaded {
        static final GitHubSpec SPEC = load();
    }

    /** The description, loaded once for all tests of this process. */
    public static GitHubSpec get() {
        return Loaded.SPEC;
    }

    private static GitHubSpec load() {
        ObjectNode spec = read();
        for (SpecMend mend : SpecMend.values()) {
            mend.apply(spec);
        }
        return new GitHubSpec(OpenApiInteractionValidator.createForInlineApiSpecification(spec.toString())
                // Parts of one object are merged first: else each refuses the properties of the others.
                .withResolveCombinators(true)
                .withLevelResolver(LevelResolver.create()
                        // A misspelt parameter is a mistake, even if GitHub passes over it.
                        .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                        // GitHub does not look at a body that it has no use for; github-api sends one with cancel.
                        .withLevel("validation.request.body.unexpected", ValidationReport.Level.IGNORE)
                        .build())
                .build());
    }

    static ObjectNode read() {
        try (InputStream in = new GZIPInputStream(GitHubSpec.class.getResourceAsStream(RESOURCE))) {
            return (ObjectNode) Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the exchanges that GitHub would not have had. Of exchanges that say the same, one is looked at. */
    public List<Violation> violations(List<Exchange> exchanges) {
        Set<List<Object>> seen = new HashSet<>();
        List<Violation> violations = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            if (seen.add(List.of(
                    exchange.method(),
                    exchange.target(),
                    exchange.request().body(),
                    exchange.status(),
                    exchange.response().body()))) {
                List<String> problems = problems(exchange);
                if (!problems.isEmpty()) {
                    violations.add(new Violation(exchange, problems));
                }
            }
        }
        return violations;
    }

    /** What is wrong with an exchange; empty if GitHub could have had it, or if it is not of its REST API. */
    List<String> problems(Exchange exchange) {
        Call call = CallMend.all(Call.of(exchange));
        if (Undescribed.covers(call.path(), exchange)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (!REFUSED_AS_WRONG.contains(exchange.status())) {
            problems.addAll(ofRequest(call));
        }
        if (exchange.answered()) {
            problems.addAll(ofAnswer(call, exchange));
        }
        return problems;
    }

    private List<String> ofRequest(Call call) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(call.method(), call.path());
        CallMend.parameters(call).forEach(request::withQueryParam);
        call.contentType().ifPresent(request::withContentType);
        if (!call.body().isEmpty()) {
            request.withBody(call.body());
        }
        return texts("request", validator.validateRequest(request.build()));
    }

    private List<String> ofAnswer(Call call, Exchange exchange) {
        if (exchange.method().equals("HEAD")) {
            return List.of();
        }
        if (exchange.status() >= 400) {
            return ErrorShape.problems(exchange);
        }
        if (exchange.status() == 304) {
            // Described for few calls, but GitHub gives every answer a tag.
            return exchange.request().header("If-None-Match").isPresent()
                    ? List.of()
                    : List.of("the answer is 304 and nobody asked for a change");
        }
        if (REDIRECTS.contains(exchange.status())
                && exchange.response().header("Location").isEmpty()) {
            return List.of("the answer leads elsewhere and has no `Location`");
        }
        return ofDescribedAnswer(call, exchange);
    }

    private List<String> ofDescribedAnswer(Call call, Exchange exchange) {
        Exchange.Content body = exchange.response().body();
        Optional<String> type = exchange.response().header("Content-Type");
        SimpleResponse.Builder response = new SimpleResponse.Builder(exchange.status());
        if (MediaTypes.isPlain(exchange)) {
            return List.of();
        }
        if (body.cut()) {
            return List.of("the answer has " + body.size() + " bytes, too many to be kept and checked");
        }
        type.ifPresent(response::withContentType);
        if (body.size() > 0) {
            response.withBody(body.text());
        }
        return texts(
                "response",
                validator.validateResponse(call.path(), Request.Method.valueOf(call.method()), response.build()));
    }

    private static List<String> texts(String direction, ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE)
                .map(message -> direction + ": " + text(message))
                .toList();
    }

    private static String text(Message message) {
        List<String> causes = message.getAdditionalInfo();
        return message.getMessage().replaceAll("\\s+", " ") + (causes.isEmpty() ? "" : " " + causes);
    }
}
