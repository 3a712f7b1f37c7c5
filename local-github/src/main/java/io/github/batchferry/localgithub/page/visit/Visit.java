package io.github.batchferry.localgithub.page.visit;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A page that somebody with a session asks for, or a form that was sent.
 *
 * @param repository the repository it is about; null on pages outside of repositories
 * @param path values of the placeholders of the route
 * @param query parameters of the query, or fields of the form
 * @param formToken what forms on the page must send back, so that no other site can send them
 * @param now the time
 */
public record Visit(
        HostedRepository repository,
        Map<String, String> path,
        Map<String, String> query,
        String formToken,
        Instant now) {
    /** Name of the field of forms that holds the token. */
    public static final String TOKEN_FIELD = "form_token";

    /** A number in the path; what is none is not found. */
    public long id(String placeholder) throws ApiException {
        String text = path.get(placeholder);
        if (!text.matches("\\d{1,18}")) {
            throw ApiException.notFound();
        }
        return Long.parseLong(text);
    }

    /** A parameter of the query; an empty one counts as none. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** A parameter that is a number; anything else counts as none. */
    public Optional<Long> number(String name) {
        return parameter(name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /** Whether the script of a page that is shown already asks for what changed. */
    public boolean isLive() {
        return parameter("live").isPresent();
    }
}
