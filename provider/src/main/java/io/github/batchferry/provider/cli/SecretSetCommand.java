package io.github.batchferry.provider.cli;

import io.github.batchferry.provider.embedded.EmbeddedSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ferry local-github secret set}: takes a value from standard input, so that it never stands in a process list. */
@Command(
        name = "set",
        description = "Keep a secret; its value is read from standard input.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  $$ ferry local-github secret set OPENAI_API_KEY < key.txt",
            "  $$ ferry local-github secret set DEPLOY_KEY --env production < key.txt"
        })
final class SecretSetCommand implements Callable<Integer> {
    private static final int MAX_BYTES = 64 * 1024;

    private final CliContext context;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "NAME", description = "Capital letters, digits and underscores.")
    private String name;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private StateOption state = new StateOption();

    @Mixin
    private HelpOption help;

    SecretSetCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        String value = value();
        if (value.isEmpty()) {
            throw new UsageException("the value of secret `" + name + "` is empty; give it on standard input");
        }
        try {
            EmbeddedSecrets.of(state.directory(context), environment.name(), context.clock())
                    .set(name, value);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        context.err().println("kept secret `" + name + "` for " + environment.owner());
        return ExitCodes.SUCCESS;
    }

    /** One line break at the end belongs to the file or the Enter key, not to the value. */
    private String value() throws IOException {
        if (context.errIsTerminal()) {
            context.err().println("reading the value of " + name + " from standard input; end it with Ctrl-D");
        }
        String text = new String(context.in().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        return text.replaceFirst("\\r?\\n\\z", "");
    }
}
