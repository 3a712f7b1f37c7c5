package io.github.batchferry.provider.cli.output;

/**
 * Lines for the log of a GitHub Actions job, which takes some of them for commands: a line that begins with {@code ::}, and
 * {@code ##[} wherever it stands. Text of others must not become one.
 */
public final class ActionsLog {
    private ActionsLog() {}

    /** A line that is no command. */
    public static String plain(String line) {
        String text = line.replace("##[", "# #[");
        return text.stripLeading().startsWith("::") ? ": " + text.stripLeading().substring(1) : text;
    }

    /** The command that begins a group of lines which can be folded. */
    public static String group(String title) {
        return "::group::" + data(title);
    }

    /** The command that ends a group. */
    public static String endGroup() {
        return "::endgroup::";
    }

    /** The command that shows a line as an error. */
    public static String error(String line) {
        return "::error::" + data(line);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
