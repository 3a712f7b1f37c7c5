package io.github.batchferry.runner.job;

import io.github.batchferry.runner.redaction.Redactor;
import java.io.PrintStream;
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

    /** What is shorter is no secret: GitHub would put *** into every line. */
    private static final int MIN_MASKED = 4;

    private final PrintStream out;
    private final Redactor redactor;

    /** @param redactor knows the values never to be printed */
    public JobLog(PrintStream out, Redactor redactor) {
        this.out = out;
        this.redactor = redactor;
    }

    /** Adds values never to be printed, nor published by whoever uses the same redactor. */
    public void hide(Collection<String> more) {
        redactor.add(more);
    }

    /**
     * Hides a value that GitHub does not know to be secret, and makes GitHub hide it, too, in whatever any step prints: one
     * {@code ::add-mask::} command for each of its lines. To be called before the value is used.
     */
    public synchronized void mask(String secret) {
        redactor.add(List.of(secret));
        secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= MIN_MASKED)
                .forEach(line -> out.println("::add-mask::" + escaped(line)));
        out.flush();
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
        String clean = redactor.errorText(text);
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
