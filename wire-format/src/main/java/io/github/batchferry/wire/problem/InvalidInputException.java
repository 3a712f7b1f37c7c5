package io.github.batchferry.wire.problem;

import java.util.List;
import java.util.stream.Collectors;

/** An input cannot be used; carries every finding about it. Nothing was changed when this is thrown. */
public final class InvalidInputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final long count;

    /**
     * @param problems the findings kept in full
     * @param count the number of all findings, at least {@code problems.size()}
     */
    public InvalidInputException(List<Problem> problems, long count) {
        super(text(problems, count));
        this.problems = List.copyOf(problems);
        this.count = count;
    }

    /** An input with a single finding about the whole of it. */
    public static InvalidInputException of(String file, String message) {
        return new InvalidInputException(List.of(new Problem(file, 0, "", message)), 1);
    }

    /** The findings kept in full, at most a hundred. */
    public List<Problem> problems() {
        return problems;
    }

    /** The number of all findings. */
    public long count() {
        return count;
    }

    private static String text(List<Problem> problems, long count) {
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        long more = count - problems.size();
        return more > 0 ? all + "\nand " + more + " more" : all;
    }
}
