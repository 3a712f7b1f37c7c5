package io.github.batchferry.runner.cost;

import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prices of models: those of the runner repository first, then those this program was built with. A model belongs to the host
 * that is asked, not to the adapter's kind: a server of one's own that speaks OpenAI's API has no price unless it is given
 * one.
 */
public final class PriceTable implements Pricing {
    /** Where the adapters of these kinds ask unless {@code base_url} says otherwise. */
    private static final Map<String, String> USUAL_HOSTS = Map.of(
            "openai", "api.openai.com",
            "anthropic", "api.anthropic.com",
            "gemini", "generativelanguage.googleapis.com");

    /** Answers from within this program: they cost nothing, and that is known. */
    private static final String OFFLINE = "echo";

    private final List<PriceSection> own;
    private final BundledPrices bundled;

    private PriceTable(List<PriceSection> own, BundledPrices bundled) {
        this.own = List.copyOf(own);
        this.bundled = bundled;
    }

    /** The prices this program was built with. They are read when the first is asked for. */
    public static PriceTable bundled() {
        return new PriceTable(List.of(), new BundledPrices());
    }

    /**
     * The same prices, after those of the runner repository.
     *
     * @param file a price file; one that does not exist adds nothing
     * @param name its name for messages
     * @throws InvalidInputException with every mistake of the file
     */
    public PriceTable overriddenBy(Path file, String name) throws IOException, InvalidInputException {
        if (!Files.exists(file)) {
            return this;
        }
        return new PriceTable(PriceFile.parse(name, Files.readAllBytes(file)).sections(), bundled);
    }

    @Override
    public Optional<BigDecimal> price(VendorConfig vendor, String model, TokenUsage usage) {
        if (vendor.kind().equals(OFFLINE)) {
            return Optional.of(BigDecimal.ZERO);
        }
        Optional<String> host = host(vendor);
        return Stream.concat(own.stream(), bundled.sections().stream())
                .filter(section -> section.concerns(vendor, host))
                .flatMap(section -> section.price(model).stream())
                .findFirst()
                .map(price -> price.of(usage));
    }

    /** Day of the prices this program was built with; reads them, unless that was done. */
    public LocalDate date() {
        return bundled.date();
    }

    private static Optional<String> host(VendorConfig vendor) {
        return vendor.baseUrl()
                .map(URI::getHost)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .or(() -> vendor.baseUrl().isPresent()
                        ? Optional.empty()
                        : Optional.ofNullable(USUAL_HOSTS.get(vendor.kind())));
    }
}
