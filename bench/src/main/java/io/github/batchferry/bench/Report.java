package io.github.batchferry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps results as JSON and writes the page of all that are kept. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Setting setting;
    private final Path results;

    Report(Setting setting) {
        this.setting = setting;
        this.results = setting.project().resolve("bench/target/results");
    }

    void keep(Section section) throws IOException {
        Files.createDirectories(results);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(results.resolve(section.scenario() + ".json").toFile(), section);
    }

    /** The table of one scenario. */
    static String table(Section section) {
        StringBuilder text =
                new StringBuilder("| program | what | measured | relative to | goal | |\n|---|---|---|---|---|---|\n");
        for (Row row : section.rows()) {
            text.append("| ")
                    .append(row.subject())
                    .append(" | ")
                    .append(row.what())
                    .append(" | ")
                    .append(row.shown());
            text.append(" | ")
                    .append(row.bound().isEmpty() ? "–" : row.bound())
                    .append(" | ")
                    .append(row.shownGoal());
            text.append(" | ").append(row.verdict());
            if (!row.notes().isEmpty()) {
                text.append("; ")
                        .append(String.join("; ", row.notes())
                                .replaceAll("\\s+", " ")
                                .replace("|", "\\|"));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    /** Writes {@code docs/performance.md} out of everything that was kept, in the order of the scenarios. */
    void writePage(List<Scenario> scenarios) throws IOException {
        Path docs = setting.project().resolve("docs");
        StringBuilder page = new StringBuilder(head());
        for (Scenario scenario : scenarios) {
            Path file = results.resolve(scenario.name() + ".json");
            if (Files.exists(file)) {
                append(page, JSON.readValue(file.toFile(), Section.class), docs);
            }
        }
        Files.writeString(docs.resolve("performance.md"), page);
    }

    private void append(StringBuilder page, Section section, Path docs) throws IOException {
        page.append("\n## ")
                .append(section.title())
                .append("\n\n")
                .append(section.conditions())
                .append("\n\n");
        page.append(table(section));
        page.append("\n`bench/run ").append(section.scenario()).append("`, ").append(section.date());
        page.append(section.quick() ? ", a short pass" : "").append(", ").append(section.rounds());
        page.append(section.rounds() == 1 ? " round" : " rounds")
                .append(", load average ")
                .append(section.load());
        page.append(", JVM `").append(section.flags()).append("`.\n");
        Path plot = results.resolve(section.scenario() + ".svg");
        if (Files.exists(plot)) {
            String name = "performance-" + section.scenario() + ".svg";
            Files.copy(plot, docs.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            page.append("\n![Resident set over time](").append(name).append(")\n");
        }
    }

    private String head() throws IOException {
        List<String> jdks = new ArrayList<>();
        for (Map.Entry<Integer, Path> jdk : setting.jdks().entrySet()) {
            jdks.add(jdk.getKey() + " (" + Setting.fullVersion(jdk.getValue()) + ")");
        }
        return """
                # Performance

                Written by `bench/run`; do not edit. Repeat it with `bench/run` (half an hour on a quiet machine), `bench/run \
                throughput` for one part, `bench/run --quick` for a pass that only proves that everything runs.

                The batch runner is the shipped jar, started as the workflow starts it: an event file, a vendors file, a git
                repository over HTTP, keys in the environment. It asks a mock vendor (`mock-vendor`) in another process of the same
                machine, which sees when the first request came and when the last good answer went out, and counts every answer, so
                that nothing lost and nothing paid twice goes unseen. Each value is the median of its rounds, the range in
                parentheses. Ratios can be compared within a part, seconds only on one machine. Each part says when it was measured and how
                busy the machine was; a bare JVM start takes 40 ms on a quiet one. Parts of different times may be of different builds.

                Machine: %d cores, %s MB of memory, %s; JDKs %s.

                Not measured: TLS, HTTP/2, a real vendor, a real network. What a runner of GitHub Actions adds (queue, checkout) is
                not in here either.
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        memory(),
                        System.getProperty("os.name") + " "
                                + System.getProperty("os.version").split("-")[0],
                        String.join(", ", jdks));
    }

    private static String memory() throws IOException {
        String first = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
        return Long.toString(Long.parseLong(first.replaceAll("[^0-9]", "")) / 1024);
    }
}
