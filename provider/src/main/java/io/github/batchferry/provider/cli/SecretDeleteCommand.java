package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.embedded.EmbeddedSecrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ferry local-github secret delete}. */
@Command(
        name = "delete",
        description = "Forget a secret.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class SecretDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "NAME", description = "As secret list shows it.")
    private String name;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private StateOption state = new StateOption();

    @Mixin
    private HelpOption help;

    SecretDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (!EmbeddedSecrets.of(state.directory(context), environment.name(), context.clock())
                .delete(name)) {
            throw new UsageException(
                    "no secret `" + name + "` of " + environment.owner() + "; see `ferry local-github secret list`");
        }
        context.err().println("deleted secret `" + name + "` of " + environment.owner());
        return ExitCodes.SUCCESS;
    }
}
