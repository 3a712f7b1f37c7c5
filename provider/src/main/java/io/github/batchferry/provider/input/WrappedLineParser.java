package io.github.batchferry.provider.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.InvalidValueException;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads lines of Anthropic's and Gemini's batches. The body is sent byte for byte. */
final class WrappedLineParser implements LineParser {
    private final Wrapping form;
    private final String file;
    private final Problems problems;
    private final Optional<String> model;

    /** @param model for lines that name none, where the url can name it */
    WrappedLineParser(Wrapping form, String file, Problems problems, Optional<String> model) {
        this.form = form;
        this.file = file;
        this.problems = problems;
        this.model = model;
    }

    @Override
    public Optional<PlacedRequest> parse(JsonlLine line) {
        return new Wrapped(line).read(problems);
    }

    private final class Wrapped extends OneLine {
        // Mutable state: what was found so far, null where the line does not say it
        private String id;
        private String vendor;
        private String named;
        private boolean namesModel;
        private RawJson body;

        Wrapped(JsonlLine line) {
            super(file, line);
        }

        @Override
        List<String> keys() {
            return form.keys();
        }

        @Override
        void readField(JsonParser parser, String key) throws IOException {
            if (key.equals(form.id())) {
                id = name(parser, "$." + key);
            } else if (key.equals(form.body())) {
                readBody(parser, "$." + key);
            } else {
                vendor = name(parser, "$." + key);
            }
        }

        private void readBody(JsonParser parser, String path) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                problem(path, "expected an object, found " + kind(parser.currentToken()));
                parser.skipChildren();
                return;
            }
            int from = start(parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean model = parser.currentName().equals("model");
                parser.nextToken();
                if (model) {
                    readModel(parser, path + ".model");
                } else {
                    parser.skipChildren();
                }
            }
            body = slice(from, end(parser));
        }

        private void readModel(JsonParser parser, String path) throws IOException {
            if (namesModel) {
                problem(path, "the key appears twice");
            }
            namesModel = true;
            named = name(parser, path);
        }

        @Override
        void requireAll() {
            require(form.id());
            require(form.body());
            if (body != null && !namesModel && !(form.namesModelInUrl() && model.isPresent())) {
                problem(
                        "$." + form.body() + ".model",
                        form.namesModelInUrl()
                                ? "missing; name the model there, or for all lines with --model"
                                : "missing");
            }
        }

        @Override
        Optional<PlacedRequest> compose() {
            VendorModel asked = named == null ? VendorModel.parse(Wrapping.shortName(model.orElseThrow())) : named();
            Optional<String> from = Optional.ofNullable(vendor).or(asked::vendor);
            Optional<CustomId> customId = valid("$." + form.id(), id, CustomId::new);
            Optional<EndpointPath> url = valid("$." + form.body() + ".model", asked.model(), form::url);
            try {
                return customId.isEmpty() || url.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PlacedRequest(
                                RequestLineComposer.compose(customId.get(), url.get(), from, body), places()));
            } catch (InvalidValueException e) {
                problem("$." + form.body(), "does not become a request: " + e.getMessage());
                return Optional.empty();
            }
        }

        /** A slash in the body's own model is the vendor's: what is sent stays as it is. */
        private VendorModel named() {
            return new VendorModel(Optional.empty(), named);
        }

        private <T> Optional<T> valid(String path, String text, Function<String, T> type) {
            try {
                return Optional.of(type.apply(text));
            } catch (InvalidValueException e) {
                problem(path, e.getMessage());
                return Optional.empty();
            }
        }

        private Map<String, String> places() {
            String body = "$." + form.body();
            Map<String, String> places =
                    new HashMap<>(Map.of("$.custom_id", "$." + form.id(), "$.body", body, "$.url", body + ".model"));
            places.put("$.body.model", body + ".model");
            return places;
        }
    }
}
