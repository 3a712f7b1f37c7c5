package io.github.batchferry.acceptance;

import io.github.batchferry.github.GitHubServer;
import io.github.batchferry.github.RepositorySlug;
import io.github.batchferry.localgithub.LocalGitHub;
import io.github.batchferry.provider.targets.AppAccess;
import io.github.batchferry.provider.targets.Handover;
import io.github.batchferry.provider.targets.Savings;
import io.github.batchferry.provider.targets.Spread;
import io.github.batchferry.provider.targets.Target;
import io.github.batchferry.provider.targets.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Targets of the client whose GitHub is an embedded one, which they do not know. */
final class RunnerTarget {
    /** The variable that holds the token, or the private key of the App. */
    static final String VARIABLE = "RUNNER_SECRET";

    static final String OWNER = "local";
    static final String NAME = "evals";

    private RunnerTarget() {}

    /** Reached with a token. */
    static Target.GitHubActions withToken(LocalGitHub github) {
        return target(github, Optional.of(VARIABLE), Optional.empty());
    }

    /** Reached as an App, whose installation is to be found. */
    static Target.GitHubActions asApp(LocalGitHub github, long app) {
        AppAccess access = new AppAccess("" + app, OptionalLong.empty(), Optional.of(VARIABLE), Optional.empty());
        return target(github, Optional.empty(), Optional.of(access));
    }

    private static Target.GitHubActions target(LocalGitHub github, Optional<String> tokenEnv, Optional<AppAccess> app) {
        return new Target.GitHubActions(
                "cloud",
                new GitHubServer(plain(github.apiUrl()), plain(github.url())),
                new RepositorySlug(OWNER, NAME),
                "wait.yml",
                Optional.empty(),
                "eval-results",
                Optional.empty(),
                Duration.ofHours(6),
                tokenEnv,
                Optional.empty(),
                Spread.STANDARD,
                Optional.empty(),
                Savings.NONE,
                Handover.STANDARD,
                app,
                Waiting.STANDARD);
    }

    private static URI plain(URI root) {
        return URI.create(root.toString().replaceAll("/$", ""));
    }
}
