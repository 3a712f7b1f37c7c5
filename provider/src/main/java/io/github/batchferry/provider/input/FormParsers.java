package io.github.batchferry.provider.input;

import io.github.batchferry.wire.RequestLineParser;
import io.github.batchferry.wire.json.JsonlLine;
import io.github.batchferry.wire.problem.Problems;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads lines of any form. A line is first taken for one of the same form as the line before it, so that files of one form
 * are parsed once; forms share no sound line. Not thread-safe.
 */
final class FormParsers implements LineParser {
    private static final String EXPECTED =
            "not a request; expected `custom_id`, `method`, `url` and `body`, or `id` and"
                    + " `prompt`, or `custom_id` and `params`, or `key` and `request`";

    private final String file;
    private final Problems problems;
    private final Map<LineForm, LineParser> parsers;
    private final Map<LineForm, LineParser> trials;

    // Mutable state
    private LineForm last = LineForm.NATIVE;

    /**
     * @param file name for messages
     * @param problems where mistakes go
     * @param model model for lines that name none, in forms that can do without
     */
    FormParsers(String file, Problems problems, Optional<String> model) {
        this.file = file;
        this.problems = problems;
        this.parsers = parsers(file, problems, model);
        this.trials = parsers(file, new Problems(), model);
    }

    @Override
    public Optional<PlacedRequest> parse(JsonlLine line) {
        Optional<PlacedRequest> asBefore = trials.get(last).parse(line);
        if (asBefore.isPresent()) {
            return asBefore;
        }
        LineForm form = LineForm.of(line.bytes());
        if (form == LineForm.UNKNOWN) {
            problems.add(file, line.number(), "$", EXPECTED);
            return Optional.empty();
        }
        last = form;
        return parsers.get(form).parse(line);
    }

    private static Map<LineForm, LineParser> parsers(String file, Problems problems, Optional<String> model) {
        RequestLineParser requestLines = new RequestLineParser(file, problems);
        Map<LineForm, LineParser> parsers = new EnumMap<>(LineForm.class);
        parsers.put(
                LineForm.NATIVE, line -> requestLines.parse(line).map(request -> new PlacedRequest(request, Map.of())));
        parsers.put(LineForm.PLAIN, new PlainLineParser(file, problems, model));
        parsers.put(LineForm.ANTHROPIC, new WrappedLineParser(Wrapping.ANTHROPIC, file, problems, model));
        parsers.put(LineForm.GEMINI, new WrappedLineParser(Wrapping.GEMINI, file, problems, model));
        return parsers;
    }
}
