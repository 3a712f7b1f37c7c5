package io.github.batchferry.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchferry.provider.targets.AppAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppLoginTest {
    @TempDir
    Path directory;

    private static String key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    private static AppAccess inVariable() {
        return new AppAccess("123", OptionalLong.of(77), Optional.of("APP_KEY"), Optional.empty());
    }

    private AppAccess inFile() {
        String file = directory.resolve("app.pem").toString();
        return new AppAccess("123", OptionalLong.empty(), Optional.empty(), Optional.of(file));
    }

    private static String failure(Map<String, String> environment, AppAccess access) {
        ConnectionFailedException failure =
                catchThrowableOfType(ConnectionFailedException.class, () -> new AppLogin(environment).app(access));
        assertThat(failure.authentication()).isTrue();
        return failure.getMessage();
    }

    @Test
    void theKeyIsInAVariableOrInAFile() throws Exception {
        assertThat(new AppLogin(Map.of("APP_KEY", key())).app(inVariable())).satisfies(app -> {
            assertThat(app.id()).isEqualTo("123");
            assertThat(app.installation()).hasValue(77);
            assertThat(app.toString()).contains("***").doesNotContain("BEGIN");
        });

        Files.writeString(directory.resolve("app.pem"), key());
        assertThat(new AppLogin(Map.of()).app(inFile()).installation()).isEmpty();
    }

    @Test
    void aKeyThatIsNotThereIsNamedByItsPlace() {
        assertThat(failure(Map.of("APP_KEY", " "), inVariable()))
                .isEqualTo("environment variable `APP_KEY`, the private_key_env of GitHub App 123, is not set; put the"
                        + " App's private key in it");
        assertThat(failure(Map.of(), inFile()))
                .isEqualTo("cannot read file `" + directory.resolve("app.pem")
                        + "`, the private key of GitHub App 123; check private_key_file");
    }

    @Test
    void whatIsNoKeyIsNotShown() {
        assertThat(failure(Map.of("APP_KEY", "hunter2"), inVariable()))
                .startsWith(
                        "environment variable `APP_KEY`, the private key of GitHub App 123: not a private key in PEM")
                .doesNotContain("hunter2");
    }
}
