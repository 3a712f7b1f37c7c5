package io.github.batchferry.provider.cli;

import io.github.batchferry.localgithub.faults.FaultFile;
import io.github.batchferry.localgithub.faults.FaultRule;
import io.github.batchferry.provider.embedded.EmbeddedGitHub;
import io.github.batchferry.provider.targets.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ferry local-github serve}: the embedded GitHub as a server of its own, until it is stopped. */
@Command(
        name = "serve",
        description = "Keep the embedded GitHub running; prints a targets.yaml that leads to it.",
        abbreviateSynopsis = true,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  $$ ferry local-github serve --port 4862",
            "  $$ ferry local-github serve --open",
            "  $$ ferry local-github serve --openai-base-url http://127.0.0.1:11434/v1"
        })
final class ServeCommand implements Callable<Integer> {
    private static final String TOKEN_VARIABLE = "FERRY_LOCAL_TOKEN";
    private static final String TARGET = "served";

    private final CliContext context;

    // Mutable state, set by picocli
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port on this machine; without it that of the last time, else any free one.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--openai-base-url",
            paramLabel = "URL",
            description = "Let an OpenAI-compatible server answer as vendor openai.")
    private Optional<URI> openaiBaseUrl = Optional.empty();

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = "Let calls go wrong as a list in FILE says, to test clients; see docs/local-github.md.")
    private Optional<String> faults = Optional.empty();

    @Option(names = "--open", description = "Show its pages in your web browser: repositories, runs and their logs.")
    private boolean open;

    @Mixin
    private StateOption state = new StateOption();

    @Mixin
    private HelpOption help;

    ServeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path directory = state.directory(context);
        List<FaultRule> rules = rules();
        try (EmbeddedGitHub github = EmbeddedGitHub.start(directory, requestedPort(), context.environment())) {
            github.offer(openaiBaseUrl);
            github.disturb(rules);
            Browser browser = new Browser(context.environment(), directory);
            announce(github, context.shown(github.tokenFile()), browser);
            awaitStop();
            browser.forget();
        }
        context.err().println("stopped; start it again with the same state to go on");
        return ExitCodes.SUCCESS;
    }

    private List<FaultRule> rules() throws IOException, UsageException {
        try {
            return faults.isPresent() ? FaultFile.read(context.resolve(faults.get())) : List.of();
        } catch (NoSuchFileException e) {
            throw new UsageException("--faults: no such file: `" + faults.orElseThrow() + "`");
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private OptionalInt requestedPort() throws UsageException {
        if (port.isPresent() && (port.get() < 0 || port.get() > 65535)) {
            throw new UsageException("--port: expected 0 to 65535, found `" + port.get() + "`");
        }
        return port.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private void announce(EmbeddedGitHub github, String tokenFile, Browser browser) {
        context.out().print(targetsYaml(github.server().apiUrl()));
        context.out().flush();
        context.err().println("embedded GitHub at " + github.server().webUrl() + ", its token is in " + tokenFile);
        context.err().println("before using the target: export " + TOKEN_VARIABLE + "=\"$(cat '" + tokenFile + "')\"");
        showPages(github.pageLink().toString(), browser);
        context.err().println("stop it with Ctrl-C");
    }

    private void showPages(String link, Browser browser) {
        context.err().println("look at it in a browser, by a link that works once: " + link);
        if (open) {
            browser.show(link).ifPresent(context.err()::println);
        }
    }

    /** Standard output is a whole targets file, so that it can be saved as one. */
    private String targetsYaml(URI apiUrl) {
        return """
                targets:
                  - name: %s
                    provider: github-actions
                    repo: %s
                    api_url: %s
                    token_env: %s
                    poll_interval: 1s
                """.formatted(TARGET, EmbeddedGitHub.REPOSITORY, apiUrl, TOKEN_VARIABLE)
                + (openaiBaseUrl.isPresent() ? "    vendor: " + Target.Embedded.OPENAI_VENDOR + "\n" : "");
    }

    private static void awaitStop() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // told to stop, which is how serving ends well
        }
    }
}
