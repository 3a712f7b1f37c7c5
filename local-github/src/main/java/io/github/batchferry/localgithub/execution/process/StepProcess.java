package io.github.batchferry.localgithub.execution.process;

import io.github.batchferry.localgithub.store.ProcessRecord;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The script of a step as a process group of its own. It waits for {@link #go} before its first line, so that its leader
 * can be written down first: whatever happens afterwards, it can be found again.
 */
public final class StepProcess implements Closeable {
    /**
     * Job control gives the background job a group of its own; {@code -p} keeps this shell from acting on variables that
     * are meant for the step, such as BASH_ENV. Ctrl-C on a terminal reaches this shell too; it is for the server to decide
     * what becomes of the step then.
     */
    private static final String SUPERVISOR = """
            set -m
            {
              echo "$BASHPID"
              read -r _ || exit 1
              exec "$@" </dev/null
            } <&0 &
            exec >/dev/null 2>&1
            trap "" INT QUIT
            wait "$!"
            """;

    private final Process supervisor;
    private final ProcessRecord leader;

    private StepProcess(Process supervisor, ProcessRecord leader) {
        this.supervisor = supervisor;
        this.leader = leader;
    }

    /**
     * Starts a command, which does not run yet.
     *
     * @param bash to start it with
     * @param command program and arguments
     * @param environment all of it: nothing is inherited
     */
    public static StepProcess start(Bash bash, List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        List<String> all = new ArrayList<>(
                List.of(bash.executable().toString(), "--noprofile", "--norc", "-p", "-c", SUPERVISOR, "step"));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(directory.toFile()).redirectErrorStream(true);
        Process supervisor = builder.start();
        try {
            String pid = firstLine(supervisor.getInputStream());
            return new StepProcess(
                    supervisor,
                    ProcessHandle.of(Long.parseLong(pid))
                            .map(ProcessRecord::of)
                            .orElseThrow(() -> new IOException("the process " + pid + " was gone at once")));
        } catch (IOException | NumberFormatException e) {
            supervisor.destroyForcibly();
            throw new IOException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c;
        while ((c = in.read()) >= 0 && c != '\n') {
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Leader of the group. */
    public ProcessRecord leader() {
        return leader;
    }

    /** Lets the script run. */
    public void go() {
        try (OutputStream in = supervisor.getOutputStream()) {
            in.write('\n');
        } catch (IOException e) {
            // it was stopped before it ran; its exit says so
        }
    }

    /** What it writes to standard output and standard error. */
    public InputStream output() {
        return supervisor.getInputStream();
    }

    /** The exit code, once it is over; 128 and the signal's number after a signal. */
    public CompletableFuture<Integer> exit() {
        return supervisor.onExit().thenApply(Process::exitValue);
    }

    /** Stops a script that never ran. */
    @Override
    public void close() throws IOException {
        supervisor.getOutputStream().close();
    }
}
