package io.github.batchferry.localgithub.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.scheduling.plan.MatrixExpansion.Combination;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixExpansionTest {
    private static List<Combination> expand(String matrix) {
        try {
            return MatrixExpansion.of("build", Json.MAPPER.readTree(matrix.replace('\'', '"')));
        } catch (IOException | UnstartableJobException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<String> values(String matrix) {
        return expand(matrix).stream()
                .map(combination -> combination.values().toString().replace('"', '\''))
                .toList();
    }

    private static List<String> shown(String matrix) {
        return expand(matrix).stream()
                .map(combination -> String.join(", ", combination.shown()))
                .toList();
    }

    @Test
    void theFirstListVariesSlowest() {
        assertThat(values("{'b': [1, 2], 'a': ['x', 'y']}"))
                .containsExactly("{'b':1,'a':'x'}", "{'b':1,'a':'y'}", "{'b':2,'a':'x'}", "{'b':2,'a':'y'}");
    }

    /** The example of GitHub's documentation. */
    @Test
    void includeAddsToWhatFitsAndElseStandsAlone() {
        assertThat(values("""
                        {'fruit': ['apple', 'pear'], 'animal': ['cat', 'dog'], 'include': [
                          {'color': 'green'},
                          {'color': 'pink', 'animal': 'cat'},
                          {'fruit': 'apple', 'shape': 'circle'},
                          {'fruit': 'banana'},
                          {'fruit': 'banana', 'animal': 'cat'}]}"""))
                .containsExactly(
                        "{'fruit':'apple','animal':'cat','color':'pink','shape':'circle'}",
                        "{'fruit':'apple','animal':'dog','color':'green','shape':'circle'}",
                        "{'fruit':'pear','animal':'cat','color':'pink'}",
                        "{'fruit':'pear','animal':'dog','color':'green'}",
                        "{'fruit':'banana'}",
                        "{'fruit':'banana','animal':'cat'}");
    }

    @Test
    void excludeComesFirstAndMatchesInPart() {
        assertThat(values("""
                        {'os': ['linux', 'mac'], 'java': [17, 21], 'exclude': [{'os': 'MAC', 'java': '17'}, {'os': 'linux'}],
                         'include': [{'os': 'linux', 'java': 17, 'extra': true}]}""")).containsExactly("{'os':'mac','java':21}", "{'os':'linux','java':17,'extra':true}");
    }

    @Test
    void filtersLookInsideOfObjects() {
        assertThat(values("""
                        {'v': [{'node': 12, 'npm': [6, 7]}, {'node': 14, 'npm': [6]}],
                         'exclude': [{'v': {'npm': [6, 7]}}], 'include': [{'v': {'node': 14}, 'x': 1}]}""")).containsExactly("{'v':{'node':14,'npm':[6]},'x':1}");
    }

    @Test
    void namesShowWhatTellsLegsApart() {
        assertThat(shown("""
                        {'os': ['linux'], 'v': [{'a': 1, 'b': [true, null, '']}],
                         'include': [{'os': 'linux', 'added': 'hidden'}, {'extra': 'x', 'os': 'mac'}]}""")).containsExactly("linux, 1, true", "mac, x");
    }

    @Test
    void entriesAloneMakeAMatrix() {
        assertThat(values("{'include': [{'a': 1}, {'a': 2}]}")).containsExactly("{'a':1}", "{'a':2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'text'|A mapping was expected for the matrix",
                "{}|Matrix must define at least one vector",
                "{'a': []}|Matrix vector 'a' does not contain any values",
                "{'a': 1}|A sequence was expected for the matrix vector 'a'",
                "{'a': [1], 'include': 2}|A sequence was expected for the matrix key 'include'",
                "{'a': [1], 'exclude': [{}]}|A mapping with values was expected for each entry of the matrix key 'exclude'",
                "{'a': [1], 'exclude': [{'b': 1}]}|Matrix exclude key 'b' does not match any key within the matrix",
                "{'a': [1], 'exclude': [{'a': 1}]}|Matrix does not contain any combination"
            })
    void whatIsNoMatrixIsSaid(String matrix, String reason) {
        assertThatThrownBy(() -> expand(matrix))
                .hasMessage("Error when evaluating 'strategy' for job 'build'. " + reason);
    }
}
