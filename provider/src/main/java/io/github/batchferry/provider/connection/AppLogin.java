package io.github.batchferry.provider.connection;

import io.github.batchferry.github.AppKey;
import io.github.batchferry.github.GitHubApp;
import io.github.batchferry.provider.targets.AppAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Gets the key of a GitHub App from where a target says it is. */
final class AppLogin {
    private final Map<String, String> environment;

    AppLogin(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws ConnectionFailedException if there is no key there, or none that can be used, without any of it */
    GitHubApp app(AppAccess access) throws ConnectionFailedException {
        String place = access.privateKeyEnv()
                .map(variable -> "environment variable `" + variable + "`")
                .orElseGet(() -> "file `" + access.privateKeyFile().orElseThrow() + "`");
        try {
            return new GitHubApp(access.id(), AppKey.parse(key(access)), access.installation());
        } catch (IOException | InvalidPathException e) {
            throw new ConnectionFailedException(
                    "cannot read " + place + ", the private key of GitHub App " + access.id()
                            + "; check private_key_file",
                    true);
        } catch (IllegalArgumentException e) {
            throw new ConnectionFailedException(
                    place + ", the private key of GitHub App " + access.id() + ": " + e.getMessage(), true);
        }
    }

    private String key(AppAccess access) throws IOException, ConnectionFailedException {
        if (access.privateKeyFile().isPresent()) {
            return Files.readString(Path.of(access.privateKeyFile().get()));
        }
        String variable = access.privateKeyEnv().orElseThrow();
        String key = environment.getOrDefault(variable, "");
        if (key.isBlank()) {
            throw new ConnectionFailedException(
                    "environment variable `" + variable + "`, the private_key_env of GitHub App " + access.id()
                            + ", is not set; put the App's private key in it",
                    true);
        }
        return key;
    }
}
