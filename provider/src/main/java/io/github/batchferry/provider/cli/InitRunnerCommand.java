package io.github.batchferry.provider.cli;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.provider.cli.output.Printable;
import io.github.batchferry.provider.cli.output.Table;
import io.github.batchferry.provider.connection.RestAccess;
import io.github.batchferry.provider.setup.Installed;
import io.github.batchferry.provider.setup.RunnerInstallation;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.wire.BatchFiles;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ferry init-runner}: makes a repository a runner repository. */
@Command(
        name = "init-runner",
        description = "Make a repository one that answers batches, by a pull request.",
        abbreviateSynopsis = true,
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  $$ ferry init-runner myorg/eval-runner", "  $$ ferry init-runner myorg/eval-runner --push"})
final class InitRunnerCommand implements Callable<Integer> {
    private final CliContext context;

    // Mutable state, set by picocli
    @Parameters(paramLabel = "OWNER/REPO", description = "A repository that exists; best a private one of its own.")
    private String repository;

    @Option(names = "--push", description = "Commit to the default branch instead of opening a pull request.")
    private boolean push;

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "API of another GitHub, such as https://ghe.example.com/api/v3.")
    private Optional<URI> apiUrl = Optional.empty();

    @Option(
            names = "--token-env",
            paramLabel = "VARIABLE",
            description = "Environment variable that holds the token; without it the usual ones.")
    private Optional<String> tokenEnv = Optional.empty();

    @Mixin
    private HelpOption help;

    InitRunnerCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Target.GitHubActions target = target();
        Installed installed = new RunnerInstallation(
                        RestAccess.of(target, context.environment(), context.clock(), context.apiTrace()))
                .install(push);
        installed.warnings().forEach(warning -> context.err().println(Printable.line("warning: " + warning)));
        Table table = new Table().row("repository", target.repository().toString());
        table.row("files", Printable.line(files(installed)));
        table.row("environment", Installed.environment() + ", for branch " + Printable.line(installed.branch()));
        table.aligned().forEach(context.out()::println);
        nextSteps(target.repository(), installed);
        return ExitCodes.SUCCESS;
    }

    private Target.GitHubActions target() throws UsageException {
        return new Target.GitHubActions(
                "init-runner",
                apiUrl.map(GitHubServer::ofApi).orElse(GitHubServer.GITHUB_COM),
                slug(),
                Target.GitHubActions.DEFAULT_WORKFLOW,
                Optional.empty(),
                BatchFiles.DEFAULT_RESULTS_PREFIX,
                Optional.empty(),
                Target.DEFAULT_TIMEOUT,
                tokenEnv,
                Optional.empty());
    }

    private RepositorySlug slug() throws UsageException {
        try {
            return RepositorySlug.parse(repository);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static String files(Installed installed) {
        if (installed.change() instanceof Installed.Change.Proposed proposed) {
            return "proposed in " + proposed.url();
        }
        return installed.change() instanceof Installed.Change.Pushed pushed
                ? "committed to " + installed.branch() + " as "
                        + pushed.commit().substring(0, 12)
                : "nothing to change";
    }

    private void nextSteps(RepositorySlug slug, Installed installed) {
        if (installed.pullRequest().isEmpty() && installed.missingKeys().isEmpty()) {
            return;
        }
        context.out().println();
        context.out().println("next:");
        installed.pullRequest().ifPresent(url -> context.out().println(Printable.line("  merge " + url)));
        for (String key : installed.missingKeys()) {
            context.out()
                    .println("  gh secret set " + key + " --repo " + slug + " --env " + Installed.environment()
                            + (installed.secretsSeen() ? "" : "  # unless it is there: the token may not see"));
        }
    }
}
