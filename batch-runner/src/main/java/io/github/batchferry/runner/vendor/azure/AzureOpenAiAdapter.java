package io.github.batchferry.runner.vendor.azure;

import io.github.batchferry.runner.vendor.Credential;
import io.github.batchferry.runner.vendor.EndpointAddress;
import io.github.batchferry.runner.vendor.HttpVendorAdapter;
import io.github.batchferry.runner.vendor.JsonCall;
import io.github.batchferry.runner.vendor.LimitReport;
import io.github.batchferry.runner.vendor.Reading;
import io.github.batchferry.runner.vendor.VendorAnswer;
import io.github.batchferry.runner.vendor.openai.OpenAiLimits;
import io.github.batchferry.runner.vendor.openai.OpenAiReading;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kind {@code azure-openai}. Asks {@code {base_url}/openai/v1/…}, or, where {@code api_version} is set, the dated API
 * {@code {base_url}/openai/deployments/{model}/…?api-version=…}; the model of the request is then the deployment. A key goes
 * into the header {@code api-key}, a token of Entra into {@code Authorization}.
 */
public final class AzureOpenAiAdapter implements HttpVendorAdapter {
    private static final Pattern ENDING = Pattern.compile("/openai(/v1)?$");
    private static final Pattern PREFIX = Pattern.compile("^(/openai)?(/v1)?(?=/)(/deployments/[^/]+(?=/))?");
    private static final Pattern DEPLOYMENT = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

    @Override
    public String kind() {
        return "azure-openai";
    }

    @Override
    public Set<String> settings() {
        return Set.of(VendorSettings.API_VERSION, VendorSettings.HEADERS);
    }

    @Override
    public Optional<String> problem(VendorConfig vendor) {
        return vendor.baseUrl().isPresent()
                ? Optional.empty()
                : Optional.of("needs base_url, such as https://<resource>.openai.azure.com");
    }

    @Override
    public Optional<URI> base(VendorConfig vendor) {
        return vendor.baseUrl();
    }

    @Override
    public URI address(VendorConfig vendor, RequestLine request) {
        URI base = vendor.baseUrl().orElseThrow(() -> new IllegalArgumentException("base_url is missing"));
        URI root = URI.create(ENDING.matcher(base.toString()).replaceFirst(""));
        String rest = PREFIX.matcher(request.url().value()).replaceFirst("");
        return EndpointAddress.of(
                root,
                vendor.settings()
                        .apiVersion()
                        .map(version -> dated(request.model(), rest, version))
                        .orElse("/openai/v1" + rest));
    }

    private static String dated(String deployment, String rest, String version) {
        if (!DEPLOYMENT.matcher(deployment).matches()) {
            throw new IllegalArgumentException(
                    "the model is the name of a deployment here: expected letters, digits and ._-");
        }
        return "/openai/deployments/" + deployment + rest + "?api-version=" + version;
    }

    @Override
    public HttpRequest prepare(VendorConfig vendor, RequestLine request, Optional<Credential> credential) {
        HttpRequest.Builder http = JsonCall.to(address(vendor, request), vendor, request);
        credential.ifPresent(known -> {
            switch (known.scheme()) {
                case API_KEY -> http.setHeader("api-key", known.secret());
                case ACCESS_TOKEN -> http.setHeader("Authorization", "Bearer " + known.secret());
            }
        });
        return http.build();
    }

    @Override
    public Reading read(EndpointPath url, VendorAnswer answer) {
        return OpenAiReading.of(answer, answer.header("apim-request-id").or(() -> answer.header("x-request-id")));
    }

    @Override
    public LimitReport limits(VendorAnswer answer, Instant now) {
        return OpenAiLimits.of(answer);
    }
}
