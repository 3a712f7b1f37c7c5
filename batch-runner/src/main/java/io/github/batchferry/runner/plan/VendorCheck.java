package io.github.batchferry.runner.plan;

import io.github.batchferry.runner.transport.Adapters;
import io.github.batchferry.runner.vendor.EndpointAddress;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.VendorAdapter;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.OidcExchange;
import io.github.batchferry.wire.vendors.VendorAuth;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what was configured, and what is asked, against what a vendor's adapter knows. */
final class VendorCheck {
    private final Adapters adapters;

    VendorCheck(Adapters adapters) {
        this.adapters = adapters;
    }

    /** All that is wrong with a vendor, in words. */
    List<String> problems(VendorConfig vendor) {
        Optional<VendorAdapter> adapter = adapters.find(vendor.kind());
        if (adapter.isEmpty()) {
            return List.of(adapters.unknown(vendor.kind()));
        }
        List<String> problems = new ArrayList<>();
        vendor.settings().names().stream()
                .filter(name -> !adapter.get().settings().contains(name))
                .forEach(name -> problems.add("the kind `" + vendor.kind() + "` knows no setting `" + name + "`"));
        adapter.get().problem(vendor).ifPresent(problems::add);
        stranger(vendor, adapter.get()).ifPresent(problems::add);
        return problems;
    }

    /** Why a request has no address at its vendor. */
    Optional<String> problem(VendorConfig vendor, RequestLine request) {
        if (adapters.find(vendor.kind()).orElse(null) instanceof HttpVendorAdapter http
                && http.problem(vendor).isEmpty()) {
            try {
                URI address = http.address(vendor, request);
                http.base(vendor).ifPresent(base -> EndpointAddress.requireSameServer(base, address));
            } catch (IllegalArgumentException e) {
                return Optional.of("vendor `" + vendor.name() + "` cannot be asked this: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** A token goes to the vendor that gave it. The file's own base_url was checked when it was read; here is the kind's. */
    private static Optional<String> stranger(VendorConfig vendor, VendorAdapter adapter) {
        if (!(vendor.auth() instanceof VendorAuth.Oidc oidc)) {
            return Optional.empty();
        }
        OidcExchange exchange = oidc.exchange();
        Optional<URI> base = adapter instanceof HttpVendorAdapter http ? http.base(vendor) : Optional.empty();
        return base.filter(exchange::mayBeSentTo).isPresent()
                ? Optional.empty()
                : Optional.of("a token of the exchange `" + exchange.word() + "` is sent to "
                        + exchange.expectedAddress() + " only, and the kind `" + vendor.kind() + "` asks "
                        + base.map(uri -> "`" + uri + "`").orElse("no server") + "; correct kind or base_url");
    }
}
