package io.github.batchferry.localgithub.workflow;

import static io.github.batchferry.localgithub.workflow.Reading.PATH;
import static io.github.batchferry.localgithub.workflow.Reading.problems;
import static io.github.batchferry.localgithub.workflow.Reading.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GitHub's table of what is available where. */
class PlaceTest {
    private static final List<String> NAMES = List.of(
            "env",
            "github",
            "inputs",
            "job",
            "jobs",
            "matrix",
            "needs",
            "runner",
            "secrets",
            "steps",
            "strategy",
            "vars");

    private static String at(String place, String expression) {
        String job = """
                jobs:
                  job:
                    runs-on: ubuntu-24.04
                    KEY: VALUE
                    steps: [{ run: x }]
                """;
        String value = "\"${{ " + expression + " }}\"";
        if (place.startsWith("call.")) {
            return """
                    on: workflow_dispatch
                    jobs:
                      job:
                        uses: ./.github/workflows/x.yml
                    """ + "    " + place.substring("call.".length()) + ": { x: " + value + " }\n";
        }
        if (place.startsWith("job.")) {
            return "on: workflow_dispatch\n"
                    + job.replace("KEY: VALUE", filled(place.substring("job.".length()), value));
        }
        if (place.startsWith("step.")) {
            return "on: workflow_dispatch\n"
                    + job.replace("    KEY: VALUE\n", "")
                            .replace("run: x", filled(place.substring("step.".length()), value) + ", run: x");
        }
        String top = place.startsWith("on") ? filled(place, value) : "on: workflow_dispatch\n" + filled(place, value);
        return top + "\n" + job.replace("    KEY: VALUE\n", "");
    }

    /** Keys that lead to a value, such as {@code environment/url}, which get siblings that they cannot do without. */
    private static String filled(String keys, String value) {
        String filled = value;
        String[] path = keys.split("/");
        for (int i = path.length - 1; i > 0; i--) {
            String sibling = path[i].equals("url") ? "name: x, " : path[i].equals("default") ? "type: string, " : "";
            filled = "{ " + sibling + path[i] + ": " + filled + " }";
        }
        return path[0] + ": " + filled;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run-name                                  | github inputs vars
            concurrency                               | github inputs vars
            env/X                                     | github inputs secrets vars
            on/workflow_call/inputs/x/default         | github inputs vars
            on/workflow_call/outputs/x/value          | github inputs jobs vars
            job.name                                  | github inputs matrix needs strategy vars
            job.if                                    | github inputs needs vars
            job.concurrency                           | github inputs matrix needs strategy vars
            job.continue-on-error                     | github inputs matrix needs strategy vars
            job.timeout-minutes                       | github inputs matrix needs strategy vars
            job.environment                           | github inputs matrix needs strategy vars
            job.environment/url                       | env github inputs job matrix needs runner steps strategy vars
            job.env/X                                 | github inputs matrix needs secrets strategy vars
            job.defaults/run/shell                    | env github inputs matrix needs strategy vars
            job.outputs/x                             | env github inputs job matrix needs runner secrets steps strategy vars
            job.strategy/matrix                       | github inputs needs vars
            job.strategy/fail-fast                    | github inputs needs vars
            step.if                                   | env github inputs job matrix needs runner steps strategy vars
            step.name                                 | env github inputs job matrix needs runner secrets steps strategy vars
            step.env/X                                | env github inputs job matrix needs runner secrets steps strategy vars
            step.timeout-minutes                      | env github inputs job matrix needs runner secrets steps strategy vars
            call.with                                 | github inputs matrix needs strategy vars
            call.secrets                              | github inputs matrix needs secrets strategy vars
            """)
    void everyContextIsSeenWhereGitHubShowsIt(String place, String contexts) {
        List<String> seen = new ArrayList<>();
        for (String name : NAMES) {
            if (isRead(at(place, name + ".x"))) {
                seen.add(name);
            } else {
                assertThat(problems(at(place, name + ".x")))
                        .singleElement()
                        .asString()
                        .startsWith(PATH)
                        .contains("Unrecognized named-value: '" + name + "'")
                        .endsWith("; known here: " + contexts.replace(" ", ", "));
            }
        }

        assertThat(String.join(" ", seen)).isEqualTo(contexts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run-name      | contains
            job.if        | contains always() cancelled() failure() success()
            job.env/X     | contains
            step.if       | contains always() cancelled() failure() success() hashFiles
            step.name     | contains hashFiles
            job.outputs/x | contains
            """)
    void everyFunctionIsThereWhereGitHubHasIt(String place, String functions) {
        List<String> there = new ArrayList<>();
        for (String function : List.of("contains", "always()", "cancelled()", "failure()", "success()", "hashFiles")) {
            String call = function.endsWith(")") ? function : function + "('a', 'b')";
            if (isRead(at(place, call))) {
                there.add(function);
            }
        }

        assertThat(String.join(" ", there)).isEqualTo(functions);
    }

    private static boolean isRead(String yaml) {
        try {
            workflow(yaml);
            return true;
        } catch (InvalidWorkflowException e) {
            return false;
        }
    }
}
