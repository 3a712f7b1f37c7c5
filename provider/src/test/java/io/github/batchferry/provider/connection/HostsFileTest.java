package io.github.batchferry.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsFileTest {
    private static final String ONE_ACCOUNT = """
            github.com:
                oauth_token: gho_one
                user: me
                git_protocol: https
            github.example.com:
                user: me
            """;
    private static final String SEVERAL_ACCOUNTS = """
            github.com:
                git_protocol: https
                users:
                    me:
                        oauth_token: gho_me
                    work:
                        oauth_token: gho_work
                user: work
            """;

    @TempDir
    Path directory;

    private Path hosts(String folder, String text) throws IOException {
        Path made = Files.createDirectories(directory.resolve(folder));
        Files.writeString(made.resolve("hosts.yml"), text);
        return made;
    }

    private static HostsFile in(Path folder) {
        return new HostsFile(Map.of("GH_CONFIG_DIR", folder.toString()));
    }

    @Test
    void aHostsTokenIsThatOfItsAccount() throws Exception {
        HostsFile file = in(hosts("gh", ONE_ACCOUNT));

        assertThat(file.token("github.com")).contains("gho_one");
        assertThat(file.token("github.example.com")).as("kept in the keyring").isEmpty();
        assertThat(file.token("other.example.com")).isEmpty();
        assertThat(file.origin()).isEqualTo("gh's file hosts.yml");
    }

    @Test
    void ofSeveralAccountsTheOneInUseCounts() throws Exception {
        assertThat(in(hosts("gh", SEVERAL_ACCOUNTS)).token("github.com")).contains("gho_work");
    }

    @Test
    void itIsLookedForWhereGhDoes() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME", directory.resolve("home").toString(),
                "USERPROFILE", directory.resolve("profile").toString(),
                "APPDATA", directory.resolve("roaming").toString()));
        hosts("home/.config/gh", "github.com: {oauth_token: gho_home}");
        hosts("roaming/GitHub CLI", "github.com: {oauth_token: gho_windows}");
        assertThat(new HostsFile(environment).token("github.com")).contains("gho_home");

        environment.put("OS", "Windows_NT");
        assertThat(new HostsFile(environment).token("github.com")).contains("gho_windows");

        environment.put("XDG_CONFIG_HOME", directory.resolve("xdg").toString());
        hosts("xdg/gh", "github.com: {oauth_token: gho_xdg}");
        assertThat(new HostsFile(environment).token("github.com")).contains("gho_xdg");

        environment.put(
                "GH_CONFIG_DIR",
                hosts("own", "github.com: {oauth_token: gho_own}").toString());
        assertThat(new HostsFile(environment).token("github.com")).contains("gho_own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "github.com: [", "github.com: gho_x", "github.com: {oauth_token: [x]}", "\u0000"})
    void aFileOfAnotherFormHoldsNoToken(String text) throws Exception {
        assertThat(in(hosts("gh", text)).token("github.com")).isEmpty();
    }

    @Test
    void withoutAFileThereIsNoToken() {
        assertThat(new HostsFile(Map.of()).token("github.com")).isEmpty();
        assertThat(in(directory.resolve("missing")).token("github.com")).isEmpty();
    }
}
