package io.github.batchferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the benchmark works with.
 *
 * @param project root of the source tree
 * @param scratch folder for everything temporary
 * @param quick a short pass, whose numbers prove only that everything runs
 * @param rounds how often what is compared is repeated; medians are reported
 * @param keep whether the folders of jobs stay for inspection
 * @param jdks home of each JDK by its feature version
 * @param concurrency the only level of throughput to be measured, 0 for all
 * @param flags of the JVM that runs the batch runner
 * @param jars copies of the jars, so that a build meanwhile changes nothing
 * @param classPath of this program and of the peer in Java
 */
record Setting(
        Path project,
        Path scratch,
        boolean quick,
        int rounds,
        boolean keep,
        Map<Integer, Path> jdks,
        int concurrency,
        List<String> flags,
        Jars jars,
        String classPath) {
    /**
     * The programs under test.
     *
     * @param runner the batch runner
     * @param vendor the mock vendor
     */
    record Jars(Path runner, Path vendor) {
        /** Copies the jars that are built, or another batch runner. */
        static Jars copy(Path project, Path scratch, Optional<Path> runner) throws IOException {
            Path built = runner.isPresent() ? runner.get() : jar(project, "batch-runner", "-all.jar");
            return new Jars(
                    Files.copy(built, scratch.resolve("batch-runner.jar"), StandardCopyOption.REPLACE_EXISTING),
                    Files.copy(
                            jar(project, "mock-vendor", ".jar"),
                            scratch.resolve("mock-vendor.jar"),
                            StandardCopyOption.REPLACE_EXISTING));
        }

        private static Path jar(Path project, String module, String ending) throws IOException {
            try (Stream<Path> files = Files.list(project.resolve(module).resolve("target"))) {
                return files.filter(file -> file.getFileName().toString().startsWith("batchferry-" + module))
                        .filter(file -> file.getFileName().toString().endsWith("SNAPSHOT" + ending))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the jar of " + module + " is not built"));
            }
        }
    }

    private static final int OLDEST = 17;

    Path java(int version) {
        Path home = jdks.get(version);
        if (home == null) {
            throw new IllegalStateException(
                    "no JDK " + version + " found: set JAVA_HOME_" + version + "_X64 to where it is");
        }
        return home.resolve("bin/java");
    }

    /** The version for which goals are set: the newest there is, 25 on a runner image. */
    int newest() {
        return jdks.keySet().stream().max(Integer::compare).orElseThrow();
    }

    /** The newest and the oldest version that the batch runner takes, or the only one. */
    Set<Integer> newestAndOldest() {
        Set<Integer> both = new LinkedHashSet<>();
        both.add(newest());
        both.add(jdks.keySet().stream().min(Integer::compare).orElseThrow());
        return both;
    }

    /** JDKs by the variables of GitHub's runner images, then by the folder where Linux keeps them. */
    static Map<Integer, Path> findJdks() throws IOException {
        Map<Integer, Path> found = new TreeMap<>();
        for (int version : new int[] {17, 21, 25}) {
            String home = System.getenv("JAVA_HOME_" + version + "_X64");
            if (home != null) {
                found.put(version, Path.of(home));
            }
        }
        Path folder = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> homes = Files.list(folder)) {
                homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .forEach(home -> featureVersion(home, found));
            }
        }
        return found;
    }

    /** The full version of a JDK, as its release file says. */
    static String fullVersion(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_RUNTIME_VERSION=") || line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring(line.indexOf('"') + 1, line.length() - 1))
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }

    private static void featureVersion(Path home, Map<Integer, Path> found) {
        String version = fullVersion(home);
        if (version.matches("[0-9]+.*")) {
            int feature = Integer.parseInt(version.split("[.+]")[0]);
            if (feature >= OLDEST) {
                found.putIfAbsent(feature, home);
            }
        }
    }
}
