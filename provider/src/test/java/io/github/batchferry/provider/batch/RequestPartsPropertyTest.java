package io.github.batchferry.provider.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.git.BranchFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RequestPartsPropertyTest {
    @Property(tries = 200)
    void partsAreFilledWithWholeLinesInOrder(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 40_000) Integer> lengths,
            @ForAll @IntRange(min = 2, max = 60_000) int max)
            throws Exception {
        List<String> lines =
                lengths.stream().map(length -> "x".repeat(length) + "\n").toList();
        Path file = Files.writeString(Files.createTempFile("parts-", ".jsonl"), String.join("", lines));
        try {
            assertThat(contents(RequestParts.of(file, max))).isEqualTo(filled(lines, max));
        } finally {
            Files.delete(file);
        }
    }

    /** The plain way: a line goes into the part before it if it fits there. */
    private static List<String> filled(List<String> lines, int max) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String line : lines) {
            if (part.length() > 0 && part.length() + line.length() > max) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(line);
        }
        parts.add(part.toString());
        return parts;
    }

    private static List<String> contents(List<BranchFile> parts) throws Exception {
        List<String> contents = new ArrayList<>();
        for (BranchFile part : parts) {
            try (InputStream in = part.content().open()) {
                contents.add(new String(in.readAllBytes(), UTF_8));
            }
        }
        return contents;
    }
}
