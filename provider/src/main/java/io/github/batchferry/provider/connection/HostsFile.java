package io.github.batchferry.provider.connection;

import io.github.batchferry.wire.config.YamlMap;
import io.github.batchferry.wire.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code hosts.yml}, in which {@code gh} keeps its tokens where there is no keyring; read for those who have the file
 * and not the program. Both of its forms are known: one account for each host, and several of which one is in use.
 */
final class HostsFile implements HostTokens {
    private static final String NAME = "hosts.yml";

    private final Map<String, String> environment;

    HostsFile(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> token(String host) {
        return text().flatMap(text -> YamlMap.parse(NAME, text, new Problems()))
                .flatMap(hosts -> hosts.map(host))
                .flatMap(HostsFile::token);
    }

    private static Optional<String> token(YamlMap host) {
        Optional<String> account = host.string("user");
        return host.string("oauth_token")
                .or(() -> account.flatMap(user ->
                        host.map("users").flatMap(users -> users.map(user)).flatMap(of -> of.string("oauth_token"))));
    }

    @Override
    public String origin() {
        return "gh's file " + NAME;
    }

    private Optional<String> text() {
        try {
            Optional<Path> file = folder().map(folder -> folder.resolve(NAME)).filter(Files::isRegularFile);
            return file.isEmpty() ? Optional.empty() : Optional.of(Files.readString(file.get()));
        } catch (IOException | InvalidPathException e) {
            // a file that cannot be read holds no token
            return Optional.empty();
        }
    }

    /** Where {@code gh} looks, in its order. */
    private Optional<Path> folder() {
        boolean windows = "Windows_NT".equals(environment.get("OS"));
        return variable("GH_CONFIG_DIR")
                .or(() -> variable("XDG_CONFIG_HOME").map(folder -> folder.resolve("gh")))
                .or(() -> variable("APPDATA").filter(folder -> windows).map(folder -> folder.resolve("GitHub CLI")))
                .or(() -> variable(windows ? "USERPROFILE" : "HOME").map(home -> home.resolve(".config/gh")));
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }
}
