package io.github.batchferry.runner.cost;

import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The prices this program was built with, read when they are first asked for: it takes some forty milliseconds in which
 * requests could be on their way already. Source: models.dev (MIT), trimmed by {@code .ci/prices/trim.mjs}. Thread-safe.
 */
final class BundledPrices {
    private static final String FILE = "prices.json";

    // Mutable state
    private Optional<PriceFile.Content> content = Optional.empty();

    List<PriceSection> sections() {
        return content().sections();
    }

    LocalDate date() {
        return content().date().orElseThrow();
    }

    private synchronized PriceFile.Content content() {
        if (content.isEmpty()) {
            content = Optional.of(read());
        }
        return content.get();
    }

    private static PriceFile.Content read() {
        try (InputStream in = BundledPrices.class.getResourceAsStream(FILE)) {
            return PriceFile.parse(FILE, in.readAllBytes());
        } catch (IOException | InvalidInputException e) {
            throw new AssertionError("the price table is part of the program", e);
        }
    }
}
