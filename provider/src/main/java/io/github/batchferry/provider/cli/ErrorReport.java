package io.github.batchferry.provider.cli;

import io.github.batchferry.git.GitAuthenticationException;
import io.github.batchferry.git.GitException;
import io.github.batchferry.github.GitHubAuthenticationException;
import io.github.batchferry.github.GitHubException;
import io.github.batchferry.github.GitHubNotFoundException;
import io.github.batchferry.github.GitHubRateLimitException;
import io.github.batchferry.github.GitHubUnreachableException;
import io.github.batchferry.provider.batch.DispatchRefusedException;
import io.github.batchferry.provider.batch.DispatchUnsureException;
import io.github.batchferry.provider.batch.NoSuchBatchException;
import io.github.batchferry.provider.batch.NotCollectedException;
import io.github.batchferry.provider.batch.NotRetriableException;
import io.github.batchferry.provider.cli.output.Amounts;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.provider.connection.ConnectionFailedException;
import io.github.batchferry.provider.embedded.EmbeddedUnavailableException;
import io.github.batchferry.provider.targets.UnknownTargetException;
import io.github.batchferry.wire.InvalidValueException;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user is told about a failure, and the exit code it ends with. This is the one table from exceptions to words,
 * advice and codes; exceptions themselves carry facts only.
 *
 * @param exitCode one of {@link ExitCodes}
 * @param lines for standard error
 */
record ErrorReport(int exitCode, List<String> lines) {
    ErrorReport {
        lines = List.copyOf(lines);
    }

    /** Finds the row of an exception. */
    static ErrorReport of(Throwable e) {
        if (e instanceof BatchStoppedException stopped) {
            return of(stopped.getCause()).with("go on with: ferry resume " + stopped.batch());
        }
        if (e instanceof InvalidInputException invalid) {
            return ofProblems(invalid);
        }
        if (e instanceof UsageException
                || e instanceof UnknownTargetException
                || e instanceof InvalidValueException
                || e instanceof InvalidPathException) {
            return error(ExitCodes.INVALID, e.getMessage());
        }
        if (e instanceof NoSuchBatchException) {
            return error(ExitCodes.INVALID, e.getMessage()).with("see the batches there are with: ferry list");
        }
        if (e instanceof NotRetriableException refused) {
            ErrorReport report = error(ExitCodes.INVALID, e.getMessage());
            return refused.over() ? report : report.with("wait for it with: ferry resume " + refused.batch());
        }
        if (e instanceof NotCollectedException early) {
            return error(ExitCodes.INVALID, e.getMessage()).with("collect it with: ferry resume " + early.batch());
        }
        if (e instanceof ConnectionFailedException failed) {
            return error(failed.authentication() ? ExitCodes.AUTHENTICATION : ExitCodes.FAILED, e.getMessage());
        }
        if (e instanceof EmbeddedUnavailableException) {
            return error(ExitCodes.FAILED, e.getMessage());
        }
        if (e instanceof GitHubException || e instanceof GitException) {
            return ofRemote(e);
        }
        return e instanceof IOException io ? error(ExitCodes.FAILED, explain(io)) : unexpected(e);
    }

    /** Its message says what to do. */
    private static ErrorReport ofRefusal(DispatchRefusedException e) {
        int exitCode = switch (e.reason()) {
            case PERMISSION -> ExitCodes.AUTHENTICATION;
            case REF -> ExitCodes.INVALID;
            default -> ExitCodes.FAILED;
        };
        return error(exitCode, e.getMessage());
    }

    private static ErrorReport ofRemote(Throwable e) {
        if (e instanceof DispatchRefusedException refused) {
            return ofRefusal(refused);
        }
        if (e instanceof DispatchUnsureException) {
            return error(ExitCodes.STILL_RUNNING, e.getMessage());
        }
        if (e instanceof GitHubAuthenticationException || e instanceof GitAuthenticationException) {
            return error(ExitCodes.AUTHENTICATION, e.getMessage())
                    .with("the token needs actions:write and contents:write on the runner repository");
        }
        ErrorReport report = error(ExitCodes.FAILED, e.getMessage());
        if (e instanceof GitHubNotFoundException) {
            return report.with("check repo, workflow and ref of the target, and that the token may see the repository");
        }
        if (e instanceof GitHubRateLimitException limit) {
            return report.with("GitHub takes requests again in " + Amounts.duration(limit.waitTime()));
        }
        return e instanceof GitHubUnreachableException
                ? report.with("check the network and the target's api_url")
                : report;
    }

    /** A single finding about a whole file is one line; lines of a file are listed and summed up. */
    private static ErrorReport ofProblems(InvalidInputException invalid) {
        List<Problem> problems = invalid.problems();
        if (invalid.count() == 1 && problems.get(0).line() == 0) {
            return error(ExitCodes.INVALID, problems.get(0).toString());
        }
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(Printable.line(problem.toString())));
        if (invalid.count() > problems.size()) {
            lines.add("and " + Amounts.number(invalid.count() - problems.size()) + " more");
        }
        String files = String.join(
                ", ", problems.stream().map(Problem::file).distinct().toList());
        lines.add("nothing was dispatched: " + Amounts.count(invalid.count(), "problem") + " in "
                + Printable.line(files));
        return new ErrorReport(ExitCodes.INVALID, lines);
    }

    private static ErrorReport unexpected(Throwable e) {
        return error(ExitCodes.FAILED, "unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage())
                .with("this is a mistake in ferry; report it with what FERRY_DEBUG=trace prints");
    }

    /** File system exceptions say little more than a path. */
    private static String explain(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "no such file: `" + e.getMessage() + "`";
        }
        if (e instanceof AccessDeniedException denied) {
            return "permission denied: `" + denied.getFile() + "`";
        }
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return "cannot use `" + file.getFile() + "`";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static ErrorReport error(int exitCode, String message) {
        String[] lines = String.valueOf(message).split("\\R");
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            all.add((all.isEmpty() ? "error: " : "") + Printable.line(line));
        }
        return new ErrorReport(exitCode, all);
    }

    private ErrorReport with(String advice) {
        List<String> all = new ArrayList<>(lines);
        all.add(advice);
        return new ErrorReport(exitCode, all);
    }
}
