package io.github.batchferry.provider.cache;

import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.vendors.Route;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorSettings;
import io.github.batchferry.wire.vendors.VendorsFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says which requests are the same: those that go to the same vendor, at the same url, with the same bytes as body. A key is
 * the SHA-256 over these three, each preceded by its length in four bytes, so that no two different requests are written
 * alike. The custom id is no part of it.
 *
 * <p>A vendor is what the runner's vendors file says of it (name, kind, base URL, and what it sends with every call: API
 * version and headers): two servers that are both called {@code openai} are not the same vendor. Where that file cannot be read, the vendor is the name in the request, of the
 * target at hand.
 */
public final class RequestKeys {
    private final Optional<VendorsFile> vendors;
    private final Optional<String> defaultVendor;
    private final String place;

    /**
     * @param vendors the vendors of the runner, if they are known
     * @param defaultVendor vendor for requests that name none
     * @param place text that tells the target from others, for requests whose vendor is not known
     */
    public RequestKeys(Optional<VendorsFile> vendors, Optional<String> defaultVendor, String place) {
        this.vendors = vendors;
        this.defaultVendor = defaultVendor;
        this.place = place;
    }

    /** The key of a request. */
    public Sha256 of(RequestLine request) {
        MessageDigest digest = Sha256.newDigest();
        add(digest, vendor(request).getBytes(StandardCharsets.UTF_8));
        add(digest, request.url().value().getBytes(StandardCharsets.UTF_8));
        add(digest, request.body().toByteArray());
        return Sha256.finish(digest);
    }

    private String vendor(RequestLine request) {
        return vendors.map(file -> file.route(request.vendor(), defaultVendor, request.model()))
                .filter(Route.To.class::isInstance)
                .map(route -> known(((Route.To) route).vendor()))
                .orElseGet(() -> request.vendor().or(() -> defaultVendor).orElse("") + "\n" + place);
    }

    private static String known(VendorConfig vendor) {
        String plain = vendor.name() + "\n" + vendor.kind() + "\n"
                + vendor.baseUrl().map(URI::toString).orElse("");
        // a vendor without settings keeps the key that it always had
        return plain + String.join("", settings(vendor.settings()));
    }

    /** Each as a line of its own; values of headers have no line ends. */
    private static List<String> settings(VendorSettings settings) {
        List<String> lines = new ArrayList<>();
        settings.apiVersion().ifPresent(version -> lines.add("\n" + VendorSettings.API_VERSION + ": " + version));
        settings.anthropicVersion()
                .ifPresent(version -> lines.add("\n" + VendorSettings.ANTHROPIC_VERSION + ": " + version));
        settings.headers()
                .forEach((name, value) ->
                        lines.add("\n" + VendorSettings.HEADERS + "." + name.toLowerCase(Locale.ROOT) + ": " + value));
        return lines;
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }
}
