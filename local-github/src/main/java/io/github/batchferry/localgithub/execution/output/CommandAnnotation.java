package io.github.batchferry.localgithub.execution.output;

import io.github.batchferry.localgithub.store.Annotation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes remarks of commands such as {@code ::error file=a.txt,line=3::message}. Places that make no sense are dropped, as
 * GitHub does it: columns over several lines, an end before its start.
 */
final class CommandAnnotation {
    private final WorkflowCommand command;
    private final Path workspace;

    private CommandAnnotation(WorkflowCommand command, Path workspace) {
        this.command = command;
        this.workspace = workspace;
    }

    /** @param workspace paths in it are shown relative to it */
    static Annotation of(Annotation.Level level, WorkflowCommand command, Path workspace) {
        return new CommandAnnotation(command, workspace).make(level);
    }

    private Annotation make(Annotation.Level level) {
        Optional<String> file = command.property("file").filter(path -> !path.isEmpty());
        Optional<Integer> end = number("endLine");
        Optional<Integer> line = number("line").or(() -> end);
        if (line.isPresent() && end.isPresent() && end.get() < line.get()) {
            return place(level, file, Optional.empty(), Optional.empty(), false);
        }
        boolean oneLine = line.isPresent() && end.orElse(line.get()).equals(line.get());
        return place(level, file, line, end, oneLine);
    }

    private Annotation place(
            Annotation.Level level,
            Optional<String> file,
            Optional<Integer> line,
            Optional<Integer> end,
            boolean columns) {
        Optional<Integer> endColumn = number("endColumn").filter(any -> columns);
        Optional<Integer> column = number("col").filter(any -> columns).or(() -> endColumn);
        boolean ordered = column.isEmpty() || endColumn.orElse(column.get()) >= column.get();
        return new Annotation(
                level,
                command.data(),
                command.property("title").filter(title -> !title.isEmpty()).orElse(null),
                file.map(this::relative).orElse(".github"),
                line.orElse(1),
                end.or(() -> line).orElse(1),
                ordered ? column.orElse(null) : null,
                ordered ? endColumn.orElse(null) : null);
    }

    private Optional<Integer> number(String key) {
        return command.property(key)
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(Integer::valueOf);
    }

    private String relative(String file) {
        try {
            Path path = Path.of(file).normalize();
            return path.startsWith(workspace) ? workspace.relativize(path).toString() : file;
        } catch (InvalidPathException e) {
            return file;
        }
    }
}
