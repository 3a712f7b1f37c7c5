package io.github.batchferry.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyVariablesTest {
    private static final String API = "https://api.github.com/repos";

    private static String way(Map<String, String> environment, String address) throws Exception {
        List<Proxy> ways = ProxyVariables.of(environment).select(URI.create(address));
        assertThat(ways).hasSize(1);
        if (ways.get(0).type() == Proxy.Type.DIRECT) {
            return "direct";
        }
        InetSocketAddress socket = (InetSocketAddress) ways.get(0).address();
        return socket.getHostString() + ":" + socket.getPort();
    }

    @Test
    void withoutVariablesTheWayIsDirect() throws Exception {
        assertThat(way(Map.of(), API)).isEqualTo("direct");
        assertThat(way(Map.of("HTTPS_PROXY", " "), API)).isEqualTo("direct");
    }

    @Test
    void eachSchemeHasItsProxyAndAllTheRest() throws Exception {
        Map<String, String> both = Map.of("HTTPS_PROXY", "http://127.0.0.2:3128/", "http_proxy", "127.0.0.3");
        assertThat(way(both, API)).isEqualTo("127.0.0.2:3128");
        assertThat(way(both, "http://github.example.com/")).isEqualTo("127.0.0.3:80");
        assertThat(way(Map.of("https_proxy", "127.0.0.4:8080"), API)).isEqualTo("127.0.0.4:8080");
        assertThat(way(Map.of("HTTP_PROXY", "127.0.0.4:8080"), API)).isEqualTo("direct");
        assertThat(way(Map.of("ALL_PROXY", "127.0.0.5:1"), API)).isEqualTo("127.0.0.5:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *                            | direct
                    github.com                   | direct
                    API.github.com               | direct
                    .github.com                  | direct
                    *.github.com                 | direct
                    localhost, api.github.com    | direct
                    localhost api.github.com     | direct
                    hub.com                      | 127.0.0.2:3128
                    .api.github.com              | 127.0.0.2:3128
                    example.com,                 | 127.0.0.2:3128
                    api.github.com:8443          | 127.0.0.2:3128
                    """)
    void whoIsNamedIsReachedDirectly(String named, String expected) throws Exception {
        assertThat(way(Map.of("HTTPS_PROXY", "127.0.0.2:3128", "NO_PROXY", named), API))
                .isEqualTo(expected);
        assertThat(way(Map.of("HTTPS_PROXY", "127.0.0.2:3128", "no_proxy", named), API))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:4862/",
                "http://localhost:1/",
                "http://api.github.localhost/",
                "http://[::1]:9/"
            })
    void thisMachineIsNeverReachedOverAProxy(String address) throws Exception {
        assertThat(way(Map.of("HTTP_PROXY", "127.0.0.2:3128", "ALL_PROXY", "127.0.0.2:3128"), address))
                .isEqualTo("direct");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://127.0.0.2:1080", "http://", "https://proxy:443", "http://a b", "://"})
    void whatIsNoProxyIsRefused(String value) {
        assertThat(failure(value))
                .hasMessage("environment variable HTTPS_PROXY names no proxy that can be used: expected"
                        + " http://HOST:PORT; set NO_PROXY=* to do without");
    }

    @Test
    void aPasswordIsRefusedAndNotShown() {
        assertThat(failure("http://me:secret@proxy:3128"))
                .hasMessage(
                        "environment variable HTTPS_PROXY holds a name or a password, which is not supported; name a"
                                + " proxy that asks for none, or set NO_PROXY=* to do without");
    }

    @Test
    void whoDoesWithoutProxiesMayHaveAnyVariables() throws Exception {
        assertThat(way(Map.of("HTTPS_PROXY", "socks5://127.0.0.2:1080", "NO_PROXY", "*"), API))
                .isEqualTo("direct");
    }

    private static ConnectionFailedException failure(String value) {
        return catchThrowableOfType(
                ConnectionFailedException.class, () -> ProxyVariables.of(Map.of("HTTPS_PROXY", value)));
    }
}
