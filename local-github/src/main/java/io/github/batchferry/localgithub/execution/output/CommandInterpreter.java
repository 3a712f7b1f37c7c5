package io.github.batchferry.localgithub.execution.output;

import io.github.batchferry.localgithub.store.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what a process says, line by line: commands are carried out, everything else goes to the log. One for each
 * process; lines come one at a time.
 */
public final class CommandInterpreter implements Consumer<String> {
    private static final Set<String> KNOWN = Set.of(
            "error",
            "warning",
            "notice",
            "debug",
            "group",
            "endgroup",
            "add-mask",
            "echo",
            "stop-commands",
            "set-output",
            "save-state",
            "set-env",
            "add-path",
            "add-matcher",
            "remove-matcher");
    private static final Set<String> NEVER_ECHOED =
            Set.of("error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "echo");
    private static final String ALLOW_OLD = "ACTIONS_ALLOW_UNSECURE_COMMANDS";
    private static final String ALLOW_TOKENS = "ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS";
    private static final int LONGEST_UNMASKED_TOKEN = 6;

    private final StepLog log;
    private final StepEffects effects;
    private final Path workspace;
    private final Map<String, String> environment;

    // Mutable state
    private boolean echo;
    private String stopToken; // null while commands are carried out

    /** A command that cannot be carried out; the message says why. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * @param workspace files in it are named relative to it
     * @param environment of the process
     * @param echo whether commands are shown in the log from the beginning
     */
    public CommandInterpreter(
            StepLog log, StepEffects effects, Path workspace, Map<String, String> environment, boolean echo) {
        this.log = log;
        this.effects = effects;
        this.workspace = workspace;
        this.environment = environment;
        this.echo = echo;
    }

    @Override
    public synchronized void accept(String line) {
        Optional<WorkflowCommand> command = WorkflowCommand.parse(line);
        if (stopToken != null) {
            log.line(line);
            if (command.map(WorkflowCommand::name)
                    .filter(stopToken::equalsIgnoreCase)
                    .isPresent()) {
                stopToken = null;
            }
        } else if (command.isPresent() && KNOWN.contains(command.get().name())) {
            carryOut(line, command.get());
        } else {
            log.line(line);
        }
    }

    private void carryOut(String line, WorkflowCommand command) {
        boolean shown = !NEVER_ECHOED.contains(command.name());
        if (shown && echo) {
            log.line(line);
        }
        try {
            perform(line, command);
        } catch (RefusedException e) {
            log.error("Unable to process command '" + (shown ? line : command.name()) + "' successfully.");
            log.error(e.getMessage());
            effects.fail();
        }
    }

    private void perform(String line, WorkflowCommand command) throws RefusedException {
        switch (command.name()) {
            case "error" -> log.say(CommandAnnotation.of(Annotation.Level.FAILURE, command, workspace));
            case "warning" -> log.say(CommandAnnotation.of(Annotation.Level.WARNING, command, workspace));
            case "notice" -> log.say(CommandAnnotation.of(Annotation.Level.NOTICE, command, workspace));
            case "debug" -> log.debug(command.data());
            case "group" -> log.group(command.data());
            case "endgroup" -> log.endGroup();
            case "add-mask" -> mask(command);
            case "echo" -> echo(command);
            case "stop-commands" -> stop(line, command);
            case "set-output" -> effects.output(deprecated(command), command.data());
            case "save-state" -> effects.state(deprecated(command), command.data());
            case "set-env" -> effects.learn(Map.of(unsecure(command, named(command)), command.data()), List.of());
            case "add-path" -> effects.learn(Map.of(), List.of(unsecure(command, command.data())));
            default ->
                log.warning("The embedded GitHub does not support `" + command.name()
                        + "`: problem matchers make no annotations here");
        }
    }

    private void mask(WorkflowCommand command) {
        if (command.data().isBlank()) {
            log.warning("Can't add secret mask for empty string in ##[add-mask] command.");
            return;
        }
        if (echo) {
            log.line("::add-mask::***");
        }
        effects.mask(command.data());
    }

    private void echo(WorkflowCommand command) throws RefusedException {
        switch (command.data().strip().toLowerCase(Locale.ROOT)) {
            case "on" -> echo = true;
            case "off" -> echo = false;
            default ->
                throw new RefusedException("Invalid echo command value. Possible values can be: 'on', 'off'."
                        + " Current value is: '" + command.data() + "'.");
        }
    }

    private void stop(String line, WorkflowCommand command) throws RefusedException {
        String token = command.data();
        boolean unsafe = token.isEmpty()
                || token.equalsIgnoreCase("pause-logging")
                || KNOWN.stream().anyMatch(token::equalsIgnoreCase);
        if (unsafe && !allowed(ALLOW_TOKENS)) {
            throw new RefusedException("You cannot use a endToken that is an empty string, the string 'pause-logging',"
                    + " or another workflow command, unless the environment variable `" + ALLOW_TOKENS
                    + "` is `true`.");
        }
        if (token.length() > LONGEST_UNMASKED_TOKEN) {
            effects.mask(token);
        }
        stopToken = token;
        log.line(line);
    }

    private String named(WorkflowCommand command) throws RefusedException {
        return command.property("name")
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new RefusedException(
                        "Required field 'name' is missing in ##[" + command.name() + "] command."));
    }

    private String deprecated(WorkflowCommand command) throws RefusedException {
        log.warning("The `" + command.name()
                + "` command is deprecated and will be disabled soon. Please upgrade to using" + " Environment Files.");
        return named(command);
    }

    private String unsecure(WorkflowCommand command, String value) throws RefusedException {
        if (!allowed(ALLOW_OLD)) {
            throw new RefusedException("The `" + command.name() + "` command is disabled. Please upgrade to using"
                    + " Environment Files or opt into unsecure command execution by setting the `" + ALLOW_OLD
                    + "` environment variable to `true`.");
        }
        return value;
    }

    private boolean allowed(String variable) {
        return "true".equalsIgnoreCase(environment.get(variable));
    }
}
