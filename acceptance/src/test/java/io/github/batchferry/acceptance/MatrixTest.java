package io.github.batchferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A matrix of 64 jobs with outputs and artifacts, joined by a job, whose output makes the next matrix. */
class MatrixTest {
    /** How many jobs a served embedded GitHub runs at the same time. */
    private static final int AT_ONCE = 4;

    /** 8 rows of 8, without the corner of the last row and with four in a ninth row. */
    private static final String MATRIX = """
            row: [1, 2, 3, 4, 5, 6, 7, 8]
            col: [1, 2, 3, 4, 5, 6, 7, 8]
            exclude:
              - { row: 8, col: 7 }
              - { row: 8, col: 8 }
              - { col: 6, row: 8 }
              - { col: 5, row: 8 }
            include:
              - { row: 9, col: 1, tone: dark }
              - { row: 9, col: 2 }
              - { row: 9, col: 3 }
              - { row: 9, col: 4 }
              - { col: 4, tone: light }
            """;

    private static final String LEG = """
            mkdir -p "$SIGNALS"/{begun,running}
            touch "$SIGNALS"/{begun,running}/"$LEG"
            ls "$SIGNALS/running" | wc -l >> "$SIGNALS/counts"
            # the first four wait for each other: they can only go on if they run at the same time
            until [ "$(ls "$SIGNALS/begun" | wc -l)" -ge 4 ]; do sleep 0.05; done
            echo "$LEG=$TONE $((ROW * COL))" | tee "$LEG.txt" >> "$GITHUB_OUTPUT"
            """;

    private static final String JOIN = """
            sed -n 's/^  "\\(r.*\\)": "\\(.*\\)",\\{0,1\\}$/\\1=\\2/p' <<< "$OUTPUTS" | sort > outputs
            cat all/r*.txt | sort > contents
            diff outputs contents
            [ "$(wc -l < outputs)" -eq 64 ]
            [ "$(ls -A all | wc -l)" -eq 64 ]
            matrix="$(sed 's/r\\([0-9]\\)c[0-9]=.* /\\1 /' outputs | awk '
              { sum[$1] += $2 }
              END { for (row = 1; row <= 9; row++) printf "{\\"row\\":%d,\\"sum\\":%d},", row, sum[row] }')"
            echo "matrix={\\"include\\":[${matrix%,}]}" >> "$GITHUB_OUTPUT"
            """;

    private static final String SUM = """
            mkdir -p "$SIGNALS/summing"
            touch "$SIGNALS/summing/$ROW"
            ls "$SIGNALS/summing" | wc -l >> "$SIGNALS/sums-at-once"
            test "${FIRST##* }" = "$ROW"
            rm "$SIGNALS/summing/$ROW"
            """;

    @TempDir
    Path home;

    @TempDir
    Path signals;

    private ServedGitHub server;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        server = ServedGitHub.start(home);
        repository = server.api().create("acme", "matrix");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What each leg says, by its name. */
    private static Map<String, String> expected() {
        Map<String, String> legs = new TreeMap<>();
        for (int row = 1; row <= 9; row++) {
            for (int col = 1; col <= (row < 8 ? 8 : 4); col++) {
                String tone = col == 4 && row < 9 ? "light" : row == 9 && col == 1 ? "dark" : "plain";
                legs.put("r" + row + "c" + col, tone + " " + row * col);
            }
        }
        return legs;
    }

    private static String indented(int spaces, String text) {
        return text.indent(spaces).stripLeading();
    }

    private String workflow() {
        String outputs = expected().keySet().stream()
                .map(leg -> leg + ": ${{ steps.say.outputs." + leg + " }}\n")
                .collect(Collectors.joining());
        return """
                name: Matrix
                run-name: Matrix of ${{ github.actor }}
                on: workflow_dispatch
                env:
                  SIGNALS: %s
                jobs:
                  leg:
                    name: leg ${{ matrix.row }}-${{ matrix.col }}
                    runs-on: ubuntu-latest
                    strategy:
                      matrix:
                        %s
                    outputs:
                      %s
                    env:
                      LEG: r${{ matrix.row }}c${{ matrix.col }}
                    steps:
                      - id: say
                        env:
                          ROW: ${{ matrix.row }}
                          COL: ${{ matrix.col }}
                          TONE: ${{ matrix.tone || 'plain' }}
                        run: |
                          %s
                      - uses: actions/upload-artifact@v4
                        with:
                          name: leg-${{ env.LEG }}
                          path: ${{ env.LEG }}.txt
                          if-no-files-found: error
                      - if: always()
                        run: rm "$SIGNALS/running/$LEG"
                  join:
                    needs: leg
                    runs-on: ubuntu-latest
                    outputs:
                      matrix: ${{ steps.sums.outputs.matrix }}
                    steps:
                      - uses: actions/download-artifact@v4
                        with:
                          path: all
                          pattern: leg-*
                          merge-multiple: true
                      - id: sums
                        env:
                          OUTPUTS: ${{ toJSON(needs.leg.outputs) }}
                        run: |
                          %s
                  sum:
                    name: row ${{ matrix.row }} has ${{ matrix.sum }}
                    needs: [leg, join]
                    runs-on: ubuntu-latest
                    strategy:
                      max-parallel: 2
                      matrix: ${{ fromJSON(needs.join.outputs.matrix) }}
                    steps:
                      - env:
                          ROW: ${{ matrix.row }}
                          FIRST: ${{ needs.leg.outputs[format('r{0}c1', matrix.row)] }}
                        run: |
                          %s
                """.formatted(
                        signals,
                        indented(8, MATRIX),
                        indented(6, outputs),
                        indented(10, LEG),
                        indented(10, JOIN),
                        indented(10, SUM));
    }

    @Test
    void sixtyFourLegsJoinAndNeverMoreThanFourRunAtOnce() throws Exception {
        assertThat(expected()).hasSize(64);
        repository.workflow("matrix.yml", workflow());

        long run = repository.dispatch("matrix.yml", Map.of());
        repository.awaitSuccess(run);

        assertThat(repository.run(run).path("display_title").asText()).isEqualTo("Matrix of local");
        assertThat(repository.conclusions(run).keySet()).containsExactlyInAnyOrderElementsOf(expectedJobs());
        assertThat(counts("counts"))
                .hasSize(64)
                .allMatch(count -> count <= AT_ONCE)
                .contains(AT_ONCE);
        assertThat(counts("sums-at-once")).hasSize(9).allMatch(count -> count <= 2);
        assertThat(artifacts(run))
                .isEqualTo(expected().entrySet().stream()
                        .collect(Collectors.toMap(
                                leg -> "leg-" + leg.getKey(),
                                leg -> Map.of(leg.getKey() + ".txt", leg.getKey() + "=" + leg.getValue() + "\n"))));
    }

    private static List<String> expectedJobs() {
        Stream<String> legs = expected().keySet().stream().map(leg -> "leg " + leg.charAt(1) + "-" + leg.charAt(3));
        Stream<String> sums =
                IntStream.rangeClosed(1, 9).mapToObj(row -> "row " + row + " has " + (row < 8 ? 36 * row : 10 * row));
        return Stream.of(legs, Stream.of("join"), sums).flatMap(names -> names).toList();
    }

    private List<Integer> counts(String file) throws IOException {
        return Files.readAllLines(signals.resolve(file)).stream()
                .map(line -> Integer.valueOf(line.strip()))
                .toList();
    }

    /** The files of each artifact, by its name. */
    private Map<String, Map<String, String>> artifacts(long run) {
        return repository.artifacts(run).stream()
                .collect(Collectors.toMap(artifact -> artifact.path("name").asText(), repository::files));
    }
}
