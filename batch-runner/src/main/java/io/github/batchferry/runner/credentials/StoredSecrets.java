package io.github.batchferry.runner.credentials;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.wire.vendors.VendorAuth;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.util.Map;
import java.util.Optional;

/** Vendors' keys, and tokens that earlier steps got, in the environment of this process. */
final class StoredSecrets {
    private final Map<String, String> environment;

    StoredSecrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The secret of a vendor, without the line break that secrets are often pasted with. */
    Optional<Credential> of(VendorConfig vendor) {
        return variable(vendor)
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(secret -> !secret.isEmpty())
                .map(secret -> new Credential(scheme(vendor), secret));
    }

    /** What is wrong with the secret of a vendor that is to be asked. */
    Optional<String> problem(VendorConfig vendor) {
        Optional<String> name = variable(vendor);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String found = "vendor `" + vendor.name() + "` takes its " + what(vendor) + " from " + name.get();
        Optional<Credential> credential = of(vendor);
        if (credential.isEmpty()) {
            return Optional.of(found + ", which is empty in this job: " + remedy(vendor));
        }
        return HeaderSafe.is(credential.get().secret())
                ? Optional.empty()
                : Optional.of(found + ", which holds a space, a line break or another character that no HTTP header can"
                        + " carry: set the repository secret again");
    }

    private static Optional<String> variable(VendorConfig vendor) {
        if (vendor.auth() instanceof VendorAuth.TokenEnv token) {
            return Optional.of(token.variable());
        }
        return vendor.keyEnv();
    }

    private static Credential.Scheme scheme(VendorConfig vendor) {
        return vendor.keyEnv().isPresent() ? Credential.Scheme.API_KEY : Credential.Scheme.ACCESS_TOKEN;
    }

    private static String what(VendorConfig vendor) {
        return vendor.keyEnv().isPresent() ? "key" : "token";
    }

    private static String remedy(VendorConfig vendor) {
        return vendor.keyEnv().isPresent()
                ? "set the repository secret and list it under env: of the workflow's step"
                : "have an earlier step get it, and list it under env: of the workflow's step";
    }
}
