package io.github.batchferry.runner.vendor;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses below a vendor's base URL. */
public final class EndpointAddress {
    private static final Pattern VERSION_AT_END = Pattern.compile(".*(/v\\d+[a-z0-9]*)");

    private EndpointAddress() {}

    /**
     * Appends a path to a base. A version such as {@code /v1} or {@code /v1beta} that the base ends with is not repeated where
     * the path begins with it, because servers document their base with it and requests carry it, too.
     *
     * @param path starting with a slash, which may carry a query
     * @throws IllegalArgumentException if the result would be on another server
     */
    public static URI of(URI base, String path) {
        Matcher version = VERSION_AT_END.matcher(base.getRawPath());
        boolean repeated = version.matches() && path.startsWith(version.group(1) + "/");
        URI address =
                URI.create(base + (repeated ? path.substring(version.group(1).length()) : path));
        requireSameServer(base, address);
        return address;
    }

    /**
     * Holds an address against the base URL, since a key goes there.
     *
     * @throws IllegalArgumentException if scheme, host or port differ, or if it names a user
     */
    public static void requireSameServer(URI base, URI address) {
        boolean same = Objects.equals(base.getScheme(), address.getScheme())
                && Objects.equals(base.getHost(), address.getHost())
                && base.getPort() == address.getPort()
                && address.getRawUserInfo() == null;
        if (!same) {
            throw new IllegalArgumentException("the address leaves the vendor's base_url `" + base + "`");
        }
    }
}
