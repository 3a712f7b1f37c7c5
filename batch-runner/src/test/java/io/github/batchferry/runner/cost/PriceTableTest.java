package io.github.batchferry.runner.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTest {
    private static final VendorConfig OPENAI = TestVendors.of("cloud", "openai", null);
    private static final TokenUsage MILLION_IN = new TokenUsage(1_000_000, 0, 0, 0, 0);

    private final PriceTable table = PriceTable.bundled();

    @TempDir
    private Path folder;

    private Optional<BigDecimal> price(String model, long input, long output, long read, long write) {
        return table.price(OPENAI, model, new TokenUsage(input, output, read, write, 0));
    }

    @Test
    void cachedTokensHavePricesOfTheirOwnAndReasoningIsPartOfTheOutput() {
        TokenUsage usage = new TokenUsage(1000, 200, 800, 0, 150);

        assertThat(table.price(OPENAI, "gpt-5", usage))
                .as("200 at 1.25, 800 at 0.125 and 200 at 10 dollars per million")
                .contains(new BigDecimal("0.00235"));
    }

    @Test
    void tokensWrittenToTheCacheCostWhatTheVendorTakesForThat() {
        VendorConfig anthropic = TestVendors.of("claude", "anthropic", null);

        assertThat(table.price(anthropic, "claude-sonnet-4-5", new TokenUsage(1000, 0, 100, 300, 0)))
                .as("600 at 3, 100 at 0.3 and 300 at 3.75 dollars per million")
                .contains(new BigDecimal("0.002955"));
    }

    @Test
    void nothingIsRoundedAway() {
        assertThat(price("gpt-5-nano", 1, 0, 1, 0)).contains(new BigDecimal("0.000000005"));
    }

    @Test
    void aLargeCallIsDearerAsAWhole() {
        VendorConfig gemini = TestVendors.of("g", "gemini", null);

        assertThat(table.price(gemini, "gemini-2.5-pro", new TokenUsage(200_000, 0, 0, 0, 0)))
                .contains(new BigDecimal("0.25"));
        assertThat(table.price(gemini, "gemini-2.5-pro", new TokenUsage(200_001, 0, 0, 0, 0)))
                .contains(new BigDecimal("0.5000025"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-5", "gpt-5-2025-08-07", "gpt-5-20250807", "openai/gpt-5", "openai/gpt-5-2025-08-07"})
    void aModelIsFoundByItsNameWithOwnerAndDay(String model) {
        assertThat(price(model, 1_000_000, 0, 0, 0)).contains(new BigDecimal("1.25"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-5-turbo",
                "gpt-55",
                "gpt",
                "",
                "gpt-5-2025-13-07",
                "gpt-5-2025-0807",
                "gpt-5-0807",
                "anthropic/gpt-5",
                "GPT-5",
                "claude-sonnet-4-5"
            })
    void aModelThatIsNotInTheTableHasNoPriceAndNeverThatOfAnother(String model) {
        assertThat(price(model, 1, 1, 0, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, https://api.openai.com/v1, gpt-5, 1.25",
        "openai, https://API.OpenAI.com, gpt-5, 1.25",
        "openai, https://eu.api.openai.com/v1, gpt-5, 1.25",
        "openai, https://openrouter.ai/api/v1, openai/gpt-5, 1.25",
        "azure-openai, https://mine.openai.azure.com, gpt-5, 1.25",
        "gemini, , models/gemini-2.5-flash, 0.3",
        "openai, https://api.groq.com/openai/v1, llama-3.1-8b-instant, 0.05"
    })
    void theHostSaysWhosePricesHold(String kind, String base, String model, BigDecimal price) {
        assertThat(table.price(TestVendors.of("cloud", kind, base), model, MILLION_IN))
                .contains(price);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:11434/v1",
                "https://api.openai.com.evil.example",
                "https://notapi.openai.com",
                "https://openai.azure.com"
            })
    void aServerThatIsNotKnownHasNoPrices(String base) {
        assertThat(table.price(TestVendors.of("openai", "openai", base), "gpt-5", MILLION_IN))
                .isEmpty();
    }

    @Test
    void echoCostsNothing() {
        assertThat(table.price(TestVendors.of("any", "echo", null), "echo-1", MILLION_IN))
                .contains(BigDecimal.ZERO);
    }

    @Test
    void theRunnerRepositoryPricesItsOwnServersAndCorrectsOurs() throws Exception {
        PriceTable own = table.overriddenBy(file("""
                {"vendors": {
                  "vllm": {"models": {"qwen": {"input": 0.5, "output": 0, "cache_write": 1}}},
                  "openai": {"hosts": ["api.openai.com"], "models": {"gpt-5": {"input": 1, "output": 8}}}}}
                """), ".ferry/prices.json");

        VendorConfig vllm = TestVendors.of("vllm", "openai", "http://10.0.0.7:8000/v1");
        assertThat(own.price(vllm, "qwen", MILLION_IN)).contains(new BigDecimal("0.5"));
        assertThat(own.price(TestVendors.of("other", "openai", "http://10.0.0.7:8000/v1"), "qwen", MILLION_IN))
                .isEmpty();
        assertThat(own.price(OPENAI, "gpt-5-2025-08-07", MILLION_IN)).contains(BigDecimal.ONE);
        assertThat(own.price(OPENAI, "gpt-5-mini", MILLION_IN)).contains(new BigDecimal("0.25"));
        assertThat(own.date()).isEqualTo(table.date());
    }

    @Test
    void withoutAFileOfItsOwnTheTableStays() throws Exception {
        assertThat(table.overriddenBy(folder.resolve("prices.json"), ".ferry/prices.json"))
                .isSameAs(table);
    }

    @Test
    void everyMistakeOfAPriceFileIsReported() throws IOException {
        Path file = file("""
                {"date": "soon", "currency": "EUR", "vendors": {
                  "a": {"hosts": [], "models": {"m": {"input": -1, "output": "2", "cached": 1}}},
                  "b": {"models": {"m": {"input": 1, "cache_read": 1e999, "tiers": [{"input": 1, "output": 1}]}}},
                  "c": {}}}
                """);

        assertThatThrownBy(() -> table.overriddenBy(file, ".ferry/prices.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("$.date")
                .hasMessageContaining("$.currency")
                .hasMessageContaining("$.vendors.a.hosts")
                .hasMessageContaining("$.vendors.a.models.m.input")
                .hasMessageContaining("$.vendors.a.models.m.output")
                .hasMessageContaining("$.vendors.a.models.m.cached")
                .hasMessageContaining("$.vendors.b.models.m.output")
                .hasMessageContaining("$.vendors.b.models.m.cache_read")
                .hasMessageContaining("$.vendors.b.models.m.tiers[0].above")
                .hasMessageContaining("$.vendors.c.models");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "7", "{}"})
    void whatIsNoPriceFileIsRefused(String text) throws IOException {
        Path file = file(text);

        assertThatThrownBy(() -> table.overriddenBy(file, ".ferry/prices.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(".ferry/prices.json");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("own.json"), text);
    }
}
