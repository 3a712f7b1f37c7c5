package io.github.batchferry.localgithub.rest.issues;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchferry.localgithub.access.Caller;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What calls say of an issue or a pull request, with GitHub's limits. */
public final class IssueFields {
    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_BODY = 65_536;

    private IssueFields() {}

    /** A title that may be given; a number counts as a text. */
    public static Optional<String> title(Fields body, String resource) throws ApiException {
        JsonNode title = body.any("title");
        if (title.isMissingNode() || title.isNull()) {
            return Optional.empty();
        }
        String text = title.isIntegralNumber() ? title.asText() : body.needed("title");
        if (text.isBlank()) {
            throw ApiException.invalid(FieldError.of(resource, "title", "missing_field"));
        }
        return Optional.of(limited(text, "title", resource, LONGEST_TITLE));
    }

    /** A text in Markdown that may be given; an empty one counts as none. */
    public static Optional<String> text(Fields body, String resource) throws ApiException {
        Optional<String> text = body.text("body");
        return text.isPresent() ? Optional.of(limited(text.get(), "body", resource, LONGEST_BODY)) : Optional.empty();
    }

    private static String limited(String text, String field, String resource, int longest) throws ApiException {
        if (text.codePointCount(0, text.length()) > longest) {
            throw ApiException.invalid(new FieldError(
                    resource, field, "custom", field + " is too long (maximum is " + longest + " characters)"));
        }
        return text;
    }

    /** Names of labels, each as a text or as an object with a name. */
    public static List<String> labels(JsonNode list) throws ApiException {
        List<String> names = new ArrayList<>();
        for (JsonNode element : list) {
            JsonNode name = element.isObject() ? element.path("name") : element;
            if (!name.isTextual() || name.asText().isBlank()) {
                throw ApiException.unprocessable(
                        "Invalid request.\n\nFor 'properties/labels/items', " + element + " is not a string.",
                        FieldError.of("Label", "name", "invalid"));
            }
            names.add(LabelRules.name(name.asText()));
        }
        return names;
    }

    /** Logins that may be assigned: that of the one user there is. */
    public static Optional<List<String>> assignees(Fields body) throws ApiException {
        Optional<List<String>> many = body.texts("assignees");
        Optional<List<String>> wanted =
                many.isPresent() ? many : body.text("assignee").map(List::of);
        for (String login : wanted.orElse(List.of())) {
            if (!login.equalsIgnoreCase(Caller.User.LOGIN)) {
                throw ApiException.invalid(new FieldError(
                        "Issue", "assignees", "invalid", "`" + login + "` cannot be assigned to this issue"));
            }
        }
        return wanted.map(logins -> logins.isEmpty() ? List.of() : List.of(Caller.User.LOGIN));
    }

    /** Refuses what issues of this server do not have. */
    public static void refuseUnknown(Fields body, String resource) throws ApiException {
        for (String key : new String[] {"milestone", "type", "issue_field_values"}) {
            if (!body.any(key).isMissingNode() && !body.any(key).isNull()) {
                throw ApiException.invalid(new FieldError(
                        resource, key, "invalid", "the embedded GitHub does not know `" + key + "`; leave it out"));
            }
        }
    }
}
