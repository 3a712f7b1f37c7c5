package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.git.BranchName;
import io.github.batchferry.wire.BatchFiles;
import io.github.batchferry.wire.BatchId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir
    private Path folder;

    private World world;
    private BatchId batch;
    private Path directory;

    @BeforeEach
    void collectABatch() throws Exception {
        world = new World(folder);
        batch = world.client().submit(World.requests(4), World.TARGET, false).batch();
        world.client().collect(batch);
        directory = world.client().record(batch).directory();
    }

    @Test
    void aBatchIsAsItWasCollected() throws Exception {
        int looks = world.github.looks();

        assertThat(world.client().verify(batch, true).checks())
                .allMatch(VerifyReport.Check::ok)
                .extracting(VerifyReport.Check::what)
                .containsExactly("requests", "responses", "order", "summary", "branch", "results");
        assertThat(world.client().verify(batch, false).checks()).hasSize(4);
        assertThat(world.github.looks()).isEqualTo(looks);
        assertThat(directory).isDirectoryNotContaining("glob:**/responses.{verify,unsorted}*");
    }

    @Test
    void aFlippedByteIsFoundInEitherFile() throws Exception {
        for (String file : List.of("requests.jsonl", "responses.jsonl")) {
            byte[] sound = Files.readAllBytes(directory.resolve(file));
            byte[] flipped = sound.clone();
            flipped[flipped.length / 2] ^= 1;
            Files.write(directory.resolve(file), flipped);

            assertThat(failing(false)).contains(file.substring(0, file.indexOf('.')));
            Files.write(directory.resolve(file), sound);
        }
        assertThat(failing(true)).isEmpty();
    }

    @Test
    void linesThatChangedPlacesOrAreMissingAreFound() throws Exception {
        Path responses = directory.resolve("responses.jsonl");
        List<String> lines = Files.readAllLines(responses);
        Files.write(responses, List.of(lines.get(1), lines.get(0), lines.get(2), lines.get(3)));
        assertThat(failing(true)).containsExactly("responses", "order", "results");

        Files.delete(responses);
        assertThat(failing(true)).containsExactly("responses", "order", "results");
    }

    @Test
    void aBranchThatMovedOrIsGoneIsFound() throws Exception {
        BranchName branch = new BranchName("eval-results/" + batch);
        String commit = world.git.put(branch, Map.of("note", "hello".getBytes(UTF_8)));

        VerifyReport moved = world.client().verify(batch, true);
        assertThat(moved.ok()).isFalse();
        assertThat(moved.checks())
                .filteredOn(check -> !check.ok())
                .extracting(VerifyReport.Check::finding)
                .singleElement()
                .asString()
                .startsWith("`" + branch + "` is at " + commit + ", collected was ");

        world.git.put(branch, Map.of(BatchFiles.responsesPart(0, 0), "{}".getBytes(UTF_8)));
        assertThat(failing(true)).containsExactly("branch", "results");
        world.git.delete(branch);
        assertThat(failing(true)).containsExactly("branch");
    }

    @Test
    void aBatchThatIsNotCollectedCannotBeVerified() throws Exception {
        world.github.onDispatch(dispatch -> {});
        BatchId running =
                world.client().submit(World.requests(2), World.TARGET, false).batch();

        assertThatThrownBy(() -> world.client().verify(running, false))
                .isInstanceOf(NotCollectedException.class)
                .hasMessage("batch `" + running + "` was not collected yet");
    }

    private List<String> failing(boolean remote) throws Exception {
        return world.client().verify(batch, remote).checks().stream()
                .filter(check -> !check.ok())
                .map(VerifyReport.Check::what)
                .toList();
    }
}
