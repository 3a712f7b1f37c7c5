package io.github.batchferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the benchmark works with.
 *
 * @param project root of the source tree
 * @param scratch folder for everything temporary
 * @param quick a short pass, whose numbers prove only that everything runs
 * @param rounds how often what is compared is repeated; medians are reported
 * @param jdks home of each JDK by its feature version
 * @param classPath of this program and of the peer in Java
 */
record Setting(Path project, Path scratch, boolean quick, int rounds, Map<Integer, Path> jdks, String classPath) {
    /** The version most runs use: the newest a runner image has. */
    static final int NEWEST = 25;

    Path runnerJar() throws IOException {
        return jar("batch-runner", "-all.jar");
    }

    Path vendorJar() throws IOException {
        return jar("mock-vendor", ".jar");
    }

    Path java(int version) {
        Path home = jdks.get(version);
        if (home == null) {
            throw new IllegalStateException(
                    "no JDK " + version + " found: set JAVA_HOME_" + version + "_X64 to where it is");
        }
        return home.resolve("bin/java");
    }

    /** The JDK for what is not measured. */
    Path anyJava() {
        return Path.of(System.getProperty("java.home"), "bin/java");
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
            found.putIfAbsent(Integer.parseInt(version.split("[.+]")[0]), home);
        }
    }

    private Path jar(String module, String ending) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve(module).resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("batchferry-" + module))
                    .filter(file -> file.getFileName().toString().endsWith("SNAPSHOT" + ending))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the jar of " + module + " is not built"));
        }
    }
}
