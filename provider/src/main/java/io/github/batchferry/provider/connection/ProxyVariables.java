package io.github.batchferry.provider.connection;

import io.github.batchferry.provider.targets.WebAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way to an address by the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in
 * capitals or not, as {@code gh} and curl have it; without them, by what the JVM was told. This machine is reached directly.
 */
final class ProxyVariables extends ProxySelector {
    private static final int USUAL_PORT = 80;

    private final Optional<URI> forHttps;
    private final Optional<URI> forHttp;
    private final List<String> directly;
    private final Optional<ProxySelector> otherwise;

    private ProxyVariables(Map<String, String> environment) throws ConnectionFailedException {
        directly = value(environment, "NO_PROXY").stream()
                .flatMap(list -> Stream.of(list.split("[,\\s]+")))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
        boolean none = directly.contains("*");
        forHttps = none ? Optional.empty() : proxy(environment, "HTTPS_PROXY", "ALL_PROXY");
        forHttp = none ? Optional.empty() : proxy(environment, "HTTP_PROXY", "ALL_PROXY");
        otherwise = forHttps.isPresent() || forHttp.isPresent()
                ? Optional.empty()
                : Optional.ofNullable(ProxySelector.getDefault());
    }

    /** @throws ConnectionFailedException if a variable names no proxy that can be used */
    static ProxySelector of(Map<String, String> environment) throws ConnectionFailedException {
        return new ProxyVariables(environment);
    }

    private static Optional<URI> proxy(Map<String, String> environment, String... variables)
            throws ConnectionFailedException {
        for (String variable : variables) {
            Optional<String> text = value(environment, variable);
            if (text.isPresent()) {
                return Optional.of(parse(variable, text.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> value(Map<String, String> environment, String variable) {
        return Stream.of(variable, variable.toLowerCase(Locale.ROOT))
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** The value is not shown: there may be a password in it. */
    private static URI parse(String variable, String text) throws ConnectionFailedException {
        String whole = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = new URI(whole.replaceAll("/+$", ""));
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                if (uri.getRawUserInfo() != null) {
                    throw new ConnectionFailedException(
                            "environment variable " + variable + " holds a name or a password, which is not supported;"
                                    + " name a proxy that asks for none, or set NO_PROXY=* to do without",
                            false);
                }
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below, together with other kinds of proxies
        }
        throw new ConnectionFailedException(
                "environment variable " + variable + " names no proxy that can be used: expected http://HOST:PORT;"
                        + " set NO_PROXY=* to do without",
                false);
    }

    @Override
    public List<Proxy> select(URI address) {
        if (WebAddress.isLoopback(address) || directly.stream().anyMatch(name -> covers(name, address))) {
            return List.of(Proxy.NO_PROXY);
        }
        if (otherwise.isPresent()) {
            return otherwise.get().select(address);
        }
        return (address.getScheme().equalsIgnoreCase("https") ? forHttps : forHttp)
                .map(proxy -> List.of(new Proxy(Proxy.Type.HTTP, socket(proxy))))
                .orElse(List.of(Proxy.NO_PROXY));
    }

    /** Looked up each time: a laptop changes networks while it waits. */
    private static InetSocketAddress socket(URI proxy) {
        return new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort());
    }

    /** A name covers the hosts below it too; one that begins with a dot covers only those. */
    private static boolean covers(String name, URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String plain = name.replaceFirst("^\\*(?=\\.)", "");
        return name.equals("*")
                || plain.equals(host)
                || plain.equals(host + ":" + address.getPort())
                || host.endsWith(plain.startsWith(".") ? plain : "." + plain);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException cause) {
        // whoever wanted to connect says so
    }
}
