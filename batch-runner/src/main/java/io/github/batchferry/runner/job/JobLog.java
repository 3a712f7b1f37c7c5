package io.github.batchferry.runner.job;

import io.github.batchferry.runner.redaction.Redactor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The log of the step. Every line passes the redactor and stays one line, so that nothing a batch or a vendor wrote becomes a
 * workflow command. Thread-safe.
 */
public final class JobLog {
    private static final int MAX_ERROR = 4000;

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

    /** Prints one line. Control characters in it become question marks. */
    public synchronized void line(String text) {
        String clean = printable(redactor.text(text));
        // GitHub takes a line that begins with :: as a command
        out.println(clean.startsWith("::") ? " " + clean : clean);
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
