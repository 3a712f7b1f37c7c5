package io.github.batchferry.git;

import java.net.URI;
import java.util.function.IntSupplier;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/** Turns what JGit and the server say into exceptions for people. No text leaves with the token in it. */
final class GitFailures {
    private static final int LONGEST_REMARK = 1_000;

    private final URI url;
    private final BranchName branch;
    private final KnownToken token;
    private final IntSupplier status;

    GitFailures(URI url, BranchName branch, KnownToken token, IntSupplier status) {
        this.url = url;
        this.branch = branch;
        this.token = token;
        this.status = status;
    }

    /** @param verb what was tried with the branch, such as {@code fetch} */
    GitException translate(String verb, Exception cause) {
        if (cause instanceof NoRemoteRepositoryException) {
            return new GitException(text(verb, "there is no such repository, or the token may not see it"));
        }
        int answered = status.getAsInt();
        return switch (answered) {
            case 401 ->
                new GitAuthenticationException(
                        text(
                                verb,
                                token.present()
                                        ? "the server refused " + token.named()
                                                + " (401); check that it is valid and has not expired"
                                        : "the server wants a token (401); set one"),
                        true);
            case 403 ->
                new GitAuthenticationException(
                        text(
                                verb,
                                token.named() + " may not do that here (403); it needs the permission `contents: "
                                        + need(verb)),
                        false);
            case 301, 302, 303, 307, 308 ->
                new GitException(text(
                        verb,
                        "the server points to another address (" + answered
                                + "), where the token must not go; configure the new address"));
            default -> new GitException(text(verb, reason(cause)), harmless(cause));
        };
    }

    /** The server understood and said no. */
    GitException refused(String verb, String why, String remarks) {
        String said = remarks.isBlank() ? why : why + "; the server says: " + remarks.strip();
        return new GitException(text(verb, said));
    }

    /** Something failed on this side. */
    GitException local(String verb, String why, Exception cause) {
        return new GitException(text(verb, why), harmless(cause));
    }

    private static String need(String verb) {
        return verb.equals("fetch") || verb.equals("find") ? "read`" : "write`";
    }

    private String text(String verb, String why) {
        return "cannot " + verb + " branch `" + branch + "` of `" + url + "`: " + clean(why);
    }

    private String clean(String said) {
        String oneLine = redact(said).replaceAll("\\p{Cntrl}+", " ").strip();
        return oneLine.length() <= LONGEST_REMARK ? oneLine : oneLine.substring(0, LONGEST_REMARK) + "…";
    }

    private String redact(String said) {
        return token.hide(said);
    }

    /** The innermost reason: JGit wraps "connection refused" in several layers of "cannot open". */
    private static String reason(Throwable cause) {
        StringBuilder reasons = new StringBuilder(said(cause));
        for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
            if (reasons.indexOf(said(deeper)) < 0) {
                reasons.append(": ").append(said(deeper));
            }
        }
        return reasons.toString();
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** A cause is kept for the log, unless the server put the token into it. */
    private Throwable harmless(Throwable cause) {
        return redact(reason(cause)).equals(reason(cause)) ? cause : null;
    }
}
