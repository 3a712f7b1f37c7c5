package io.github.batchferry.localgithub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.localgithub.Signals;
import io.github.batchferry.localgithub.execution.ProcessCheck;
import io.github.batchferry.localgithub.store.Conclusion;
import io.github.batchferry.localgithub.store.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeRunTest {
    @TempDir
    Path state;

    @TempDir
    Path folder;

    private Scheduler scheduler;

    @BeforeEach
    void start() throws IOException {
        scheduler = new Scheduler(state);
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private static String outputs(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(leg -> "      leg-" + leg + ": ${{ steps.say.outputs.leg-" + leg + " }}\n")
                .collect(Collectors.joining());
    }

    @Test
    void theOutputsOfManyLegsAreJoined() throws Exception {
        scheduler.workflow("""
                on: workflow_dispatch
                jobs:
                  list:
                    runs-on: ubuntu-24.04
                    outputs: { legs: "${{ steps.list.outputs.legs }}" }
                    steps:
                      - id: list
                        run: echo "legs=$(seq 64 | jq -sc .)" >> $GITHUB_OUTPUT
                  work:
                    needs: list
                    runs-on: ubuntu-24.04
                    strategy:
                      max-parallel: 4
                      matrix: { leg: "${{ fromJSON(needs.list.outputs.legs) }}" }
                    outputs:
                %s    steps:
                      - id: say
                        run: echo "leg-${{ matrix.leg }}=$((${{ matrix.leg }} * 7))" >> $GITHUB_OUTPUT
                  join:
                    needs: work
                    runs-on: ubuntu-24.04
                    env: { ALL: "${{ toJSON(needs.work.outputs) }}" }
                    steps: [ { run: 'echo "$ALL" | jq -c "[.[] | tonumber] | length, add" > %s/joined' } ]
                """.formatted(outputs(64), folder));

        long run = scheduler.dispatch();

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.SUCCESS);
        assertThat(folder.resolve("joined")).hasContent("64\n" + 7 * 64 * 65 / 2);
        assertThat(scheduler.run(run).latest().jobs())
                .hasSize(66)
                .extracting(JobRecord::key)
                .startsWith("list", "work#1", "work#2")
                .endsWith("work#63", "work#64", "join");
    }

    @Test
    void aCancelInTheMiddleLeavesNoProcess() throws Exception {
        Signals signals = new Signals(folder);
        scheduler.workflow("""
                on: workflow_dispatch
                jobs:
                  work:
                    runs-on: ubuntu-24.04
                    strategy: { matrix: { leg: [1, 2, 3, 4, 5, 6, 7, 8] } }
                    steps:
                      - run: |
                          trap '' TERM
                          if [ ${{ matrix.leg }} = 1 ]; then exit 0; fi
                          sleep 300 & echo $! >> %1$s/pids
                          echo $$ >> %1$s/pids
                          %2$s
                          wait
                  after:
                    needs: work
                    if: always()
                    runs-on: ubuntu-24.04
                    steps: [ { run: "%3$s" } ]
                """.formatted(folder, signals.give("on-${{ matrix.leg }}"), signals.give("after")));
        long run = scheduler.dispatch();
        for (int leg = 2; leg <= 5; leg++) {
            signals.receive("on-" + leg);
        }

        scheduler.queue.cancel(run);

        assertThat(scheduler.awaitEnd(run)).isEqualTo(Conclusion.CANCELLED);
        List<Long> pids = Files.readAllLines(folder.resolve("pids")).stream()
                .map(Long::parseLong)
                .toList();
        assertThat(pids).hasSizeGreaterThanOrEqualTo(8).noneMatch(ProcessCheck::alive);
        assertThat(scheduler.verdicts(run))
                .containsEntry("work#1", "success")
                .containsEntry("work#2", "cancelled")
                .containsEntry("work#8", "cancelled")
                .containsEntry("after", "success");
        assertThat(folder.resolve("after")).exists();
    }
}
