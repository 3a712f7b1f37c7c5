package io.github.batchferry.localgithub.execution.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What Linux tells about processes in {@code /proc}; elsewhere it knows nothing, and says so by empty answers. */
public final class ProcessTable {
    private ProcessTable() {}

    /** The group a process belongs to. */
    public static OptionalLong group(long pid) {
        String[] stat = stat(pid);
        return stat.length > 2 ? OptionalLong.of(Long.parseLong(stat[2])) : OptionalLong.empty();
    }

    /** Whether a process is dead and only waits for its parent to notice. */
    public static boolean zombie(long pid) {
        String[] stat = stat(pid);
        return stat.length > 0 && stat[0].equals("Z");
    }

    /** Whether a process was started with a variable of this value. */
    public static boolean startedWith(long pid, String name, String value) {
        try {
            String environment = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ")), StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + name + "=" + value + "\0");
        } catch (IOException e) {
            return false; // over, somebody else's, or no /proc
        }
    }

    /** The fields after the program's name: state, parent, group. */
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
