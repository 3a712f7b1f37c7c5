package io.github.batchferry.runner.job;

import io.github.batchferry.runner.redaction.Redactor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The log of the step. Every line passes the redactor and stays one line, so that nothing a batch or a vendor wrote becomes a
 * workflow command. Thread-safe.
 */
public final class JobLog {
    private static final int MAX_ERROR = 4000;
    private static final Pattern COMMAND = Pattern.compile("\\s*::", Pattern.UNICODE_CHARACTER_CLASS);

    private final PrintStream out;

    // Mutable state
    private final List<String> secrets = new ArrayList<>();
    private Redactor redactor;

    /** @param secrets values never to be printed */
    public JobLog(PrintStream out, Collection<String> secrets) {
        this.out = out;
        hide(secrets);
    }

    /** Adds values never to be printed. */
    public synchronized void hide(Collection<String> more) {
        secrets.addAll(more);
        redactor = new Redactor(secrets);
    }

    /** Hides a secret that was learned just now, and has GitHub mask it in whatever the job's programs print. */
    public synchronized void mask(String secret) {
        out.println("::add-mask::" + escaped(secret));
        out.flush();
        hide(List.of(secret));
    }

    /** Prints one line. Control characters in it become question marks. */
    public synchronized void line(String text) {
        out.println(withoutCommands(printable(redactor.text(text))));
        out.flush();
    }

    /**
     * Prints what made the job fail: an {@code ::error::} command, which GitHub shows with the run. Cut to a few thousand
     * characters; the lines of a longer text are printed in full before it.
     */
    public synchronized void error(String text) {
        String clean = redactor.text(text);
        if (clean.length() > MAX_ERROR) {
            clean.lines().forEach(this::line);
        }
        out.println("::error::" + escaped(shortened(clean)));
        out.flush();
    }

    /** GitHub's runner takes for a command what begins with :: after white space, and what holds ##[ anywhere. */
    private static String withoutCommands(String line) {
        String harmless = line.replace("##[", "## [");
        return COMMAND.matcher(harmless).lookingAt() ? "> " + harmless : harmless;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR) + "…";
    }

    /** As documented for workflow commands: %, CR and LF in their percent forms. */
    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
