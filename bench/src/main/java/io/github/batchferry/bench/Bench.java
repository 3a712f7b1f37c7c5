package io.github.batchferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs scenarios and writes what came out; started by {@code bench/run}. */
public final class Bench {
    private static final List<Scenario> SCENARIOS =
            List.of(new Throughput(), new WholeProcess(), new Limited(), new Faulty(), new StartUp(), new Memory());

    private Bench() {}

    /** @param arguments the project's root, then as {@code bench/run} takes them */
    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>();
        boolean quick = false;
        boolean page = true;
        boolean keep = false;
        boolean run = true;
        int rounds = 0;
        Path project = Path.of(arguments[0]);
        List<String> flags = workflowFlags(project);
        int concurrency = 0;
        Optional<Path> runner = Optional.empty();
        for (int i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--keep" -> keep = true;
                case "--no-page" -> page = false;
                case "--page-only" -> run = false;
                case "--flags" -> flags = List.of(arguments[++i].split(" "));
                case "--concurrency" -> concurrency = Integer.parseInt(arguments[++i]);
                case "--runner-jar" -> runner = Optional.of(Path.of(arguments[++i]));
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                default -> names.add(known(arguments[i]));
            }
        }
        Path scratch = project.resolve("bench/target/work");
        Files.createDirectories(scratch);
        Setting setting = new Setting(
                project,
                scratch,
                quick,
                rounds > 0 ? rounds : quick ? 1 : 3,
                keep,
                Setting.findJdks(),
                concurrency,
                flags,
                Setting.Jars.copy(project, scratch, runner),
                System.getProperty("java.class.path"));
        boolean sound = !run || runAll(setting, names);
        if (page && !quick) {
            new Report(setting).writePage(SCENARIOS);
        }
        System.exit(sound ? 0 : 1);
    }

    /** Whether nothing of ours was lost, failed or paid twice; missed goals are shown, not punished. */
    private static boolean runAll(Setting setting, List<String> names) throws Exception {
        boolean sound = true;
        for (Scenario scenario : SCENARIOS) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                sound &= run(setting, scenario);
            }
        }
        return sound;
    }

    private static boolean run(Setting setting, Scenario scenario) throws Exception {
        System.out.println("\n## " + scenario.title());
        String before = load(setting);
        List<Row> rows = scenario.run(setting);
        String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
        Section section = new Section(
                scenario.name(),
                scenario.title(),
                scenario.conditions(),
                date,
                before + " before, " + load(setting) + " after",
                String.join(" ", setting.flags()),
                setting.rounds(),
                setting.quick(),
                rows);
        System.out.println(Report.table(section));
        System.out.println("load average " + section.load());
        new Report(setting).keep(section);
        return rows.stream().filter(row -> row.subject().startsWith(Row.OURS)).allMatch(Row::sound);
    }

    /** What the batch runner is compared with; promptfoo only if it is installed. */
    static List<Peer> peers(Setting setting) {
        List<Peer> peers = new ArrayList<>();
        if (Promptfoo.isInstalled(setting)) {
            peers.add(new Promptfoo(setting));
        }
        peers.add(new OpenAiJava(setting));
        return peers;
    }

    /** The flags with which the workflow starts the batch runner. */
    private static List<String> workflowFlags(Path project) throws IOException {
        String workflow = Files.readString(project.resolve("runner-workflow/workflows/run-evals.yml"));
        Matcher command = Pattern.compile("bin/java\" (-.*?) -jar").matcher(workflow);
        if (!command.find()) {
            throw new IOException("no java command in run-evals.yml");
        }
        return List.of(command.group(1).split(" +"));
    }

    private static String known(String name) {
        if (SCENARIOS.stream().noneMatch(scenario -> scenario.name().equals(name))) {
            System.err.println("error: unknown scenario `" + name + "`, expected some of "
                    + String.join(", ", SCENARIOS.stream().map(Scenario::name).toList())
                    + ", or --quick, --rounds N, --flags \"…\", --runner-jar FILE, --keep, --no-page, --page-only");
            System.exit(2);
        }
        return name;
    }

    /** How busy the machine is, and how long a JVM takes that does nothing: the yardstick for every number of seconds. */
    private static String load(Setting setting) throws IOException, InterruptedException {
        long[] nanos = new long[5];
        for (int i = 0; i < nanos.length; i++) {
            long started = System.nanoTime();
            new ProcessBuilder(setting.java(setting.newest()).toString(), "-XX:+UseSerialGC", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            nanos[i] = System.nanoTime() - started;
        }
        Arrays.sort(nanos);
        String average = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return average + " (bare JVM start " + nanos[2] / 1_000_000 + " ms)";
    }
}
