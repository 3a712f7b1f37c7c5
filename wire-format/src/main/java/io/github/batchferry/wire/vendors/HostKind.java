package io.github.batchferry.wire.vendors;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How far away the host of an address is, told by its name or number alone; nothing is looked up, because an answer of the
 * DNS can change between the check and the call.
 */
public enum HostKind {
    /** This machine. */
    LOOPBACK,
    /** A network of one's own: private and link-local numbers, names that the public DNS does not know. */
    PRIVATE,
    /** Anything else. */
    PUBLIC;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    /** RFC 1918, RFC 3927 and RFC 6598, the last of which private overlay networks use. */
    private static final Pattern PRIVATE_NUMBER =
            Pattern.compile("10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
                    + "|169\\.254\\..*|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*");
    /** RFC 4193 and RFC 4291, section 2.5.6. */
    private static final Pattern PRIVATE_NUMBER_6 = Pattern.compile("\\[(f[cd]|fe[89ab]).*");
    /** RFC 6762, RFC 8375, ICANN's reservation of 2024, and what routers call their networks. */
    private static final Pattern PRIVATE_NAME =
            Pattern.compile("[a-z][a-z0-9-]*|.*\\.(local|internal|home\\.arpa|lan)");

    /** The kind of an address's host; one without a host counts as public. */
    public static HostKind of(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null) {
            return PUBLIC;
        }
        if (NUMBER.matcher(host).matches()) {
            return host.startsWith("127.") ? LOOPBACK : isPrivate(PRIVATE_NUMBER, host);
        }
        if (host.startsWith("[")) {
            return host.equals("[::1]") ? LOOPBACK : isPrivate(PRIVATE_NUMBER_6, host);
        }
        return host.equals("localhost") || host.endsWith(".localhost") ? LOOPBACK : isPrivate(PRIVATE_NAME, host);
    }

    private static HostKind isPrivate(Pattern form, String host) {
        return form.matcher(host).matches() ? PRIVATE : PUBLIC;
    }
}
