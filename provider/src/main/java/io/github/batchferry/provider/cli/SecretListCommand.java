package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.embedded.EmbeddedSecrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ferry local-github secret list}: names only. */
@Command(
        name = "list",
        description = "List the names of the secrets, never their values.",
        abbreviateSynopsis = true,
        sortOptions = false,
        optionListHeading = "%nOptions:%n")
final class SecretListCommand implements Callable<Integer> {
    private final CliContext context;

    // Mutable state, set by picocli
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private StateOption state = new StateOption();

    @Mixin
    private HelpOption help;

    SecretListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        EmbeddedSecrets.of(state.directory(context), environment.name(), context.clock())
                .names()
                .forEach(context.out()::println);
        return ExitCodes.SUCCESS;
    }
}
