package io.github.batchferry.localgithub.openapi;

import io.github.batchferry.localgithub.exchanges.Exchange;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What embedded GitHubs wrote down while a test ran. */
public final class RecordedExchanges {
    private RecordedExchanges() {}

    /**
     * All exchanges in the files of a folder; none if it is not there. A last line without its end is passed over: its
     * server was killed while it wrote.
     */
    public static List<Exchange> in(Path folder) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                for (String line :
                        text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                    exchanges.add(Json.MAPPER.readValue(line, Exchange.class));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return exchanges;
    }
}
