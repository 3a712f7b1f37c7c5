package io.github.batchferry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class RoundTripTest {
    private static final BranchName BRANCH = new BranchName("eval-results/20260115-093000-k3p7qa");

    // Mutable state
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("round-trips");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 25)
    void whateverIsCommittedIsFetchedByteForByte(@ForAll("commits") List<Map<String, byte[]>> commits)
            throws Exception {
        Path place = Files.createTempDirectory(folder, "try");
        BareRepository server = BareRepository.create(place.resolve("server.git"));
        GitRemote remote =
                new JGitRemote(server.fileUrl(), Optional.empty(), place.resolve("scratch"), Duration.ofSeconds(10));
        Map<String, byte[]> expected = new TreeMap<>();
        // every other commit comes from a writer that continues the branch
        for (int i = 0; i < commits.size(); i += 2) {
            try (BranchWriter writer = remote.write(BRANCH)) {
                for (Map<String, byte[]> files : commits.subList(i, Math.min(i + 2, commits.size()))) {
                    writer.commit(branchFiles(files), "commit");
                    expected.putAll(files);
                }
            }
        }
        assertThat(read(remote)).containsExactlyEntriesOf(expected);
    }

    private static List<BranchFile> branchFiles(Map<String, byte[]> files) {
        List<BranchFile> all = new ArrayList<>();
        files.forEach((path, bytes) -> all.add(BranchFile.of(path, bytes)));
        return all;
    }

    private static Map<String, byte[]> read(GitRemote remote) throws GitException, IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (BranchSnapshot snapshot = remote.fetch(BRANCH).orElseThrow()) {
            for (String path : snapshot.paths()) {
                try (InputStream in = snapshot.open(path)) {
                    found.put(path, in.readAllBytes());
                }
            }
        }
        return found;
    }

    @Provide
    Arbitrary<List<Map<String, byte[]>>> commits() {
        // a file's name ends in a way no folder's does, so that no path is both
        Arbitrary<String> folders = Arbitraries.strings()
                .withChars("abé-_. 漢")
                .ofMinLength(1)
                .ofMaxLength(4)
                .filter(name -> !name.matches("\\.{1,2}") && !name.strip().isEmpty());
        Arbitrary<String> paths = folders.list()
                .ofMaxSize(3)
                .map(list -> String.join("/", list))
                .flatMap(prefix -> folders.map(name -> (prefix.isEmpty() ? "" : prefix + "/") + name + ".f"));
        Arbitrary<byte[]> contents = Arbitraries.bytes().array(byte[].class).ofMaxSize(2_000);
        return Arbitraries.maps(paths, contents)
                .ofMinSize(1)
                .ofMaxSize(5)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
