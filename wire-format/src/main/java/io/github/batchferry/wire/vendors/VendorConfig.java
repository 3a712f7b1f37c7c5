package io.github.batchferry.wire.vendors;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One vendor as the owner of the runner repository configured it. Only this says where a key may be sent; a batch names a
 * vendor and a model and nothing else.
 *
 * @param name what batches call it, lower-case letters, digits and hyphens
 * @param kind which adapter speaks to it, such as {@code openai} or {@code echo}
 * @param baseUrl root of its API, http or https, without a trailing slash; a request's url is appended, of which a leading
 *     {@code /v1} that the base URL already ends with is not repeated
 * @param auth how it is told who asks
 * @param models model ids it may be asked for
 * @param limits bounds on how fast it is asked
 * @param maxAttempts tries of one request before it is given up, at least 1
 * @param timeout longest wait for one answer, until its last byte
 * @param settings what only some kinds know
 */
public record VendorConfig(
        String name,
        String kind,
        Optional<URI> baseUrl,
        VendorAuth auth,
        List<ModelGlob> models,
        VendorLimits limits,
        int maxAttempts,
        Duration timeout,
        VendorSettings settings) {
    public VendorConfig {
        models = List.copyOf(models);
    }

    /** A vendor without settings of its kind. */
    public VendorConfig(
            String name,
            String kind,
            Optional<URI> baseUrl,
            VendorAuth auth,
            List<ModelGlob> models,
            VendorLimits limits,
            int maxAttempts,
            Duration timeout) {
        this(name, kind, baseUrl, auth, models, limits, maxAttempts, timeout, VendorSettings.NONE);
    }

    /** Name of the environment variable that holds the key, where there is a stored key. */
    public Optional<String> keyEnv() {
        return auth instanceof VendorAuth.KeyEnv key ? Optional.of(key.variable()) : Optional.empty();
    }

    /** Whether the vendor may be asked for a model. */
    public boolean allows(String model) {
        return models.stream().anyMatch(glob -> glob.matches(model));
    }
}
