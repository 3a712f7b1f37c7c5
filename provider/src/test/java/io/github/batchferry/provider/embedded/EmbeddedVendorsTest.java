package io.github.batchferry.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.vendors.ModelGlob;
import io.github.batchferry.wire.vendors.VendorConfig;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddedVendorsTest {
    private static final URI SERVER = URI.create("http://127.0.0.1:11434/v1");

    @Test
    void theOfflineVendorIsAlwaysThere() throws Exception {
        VendorConfig echo =
                vendors(Optional.empty(), Set.of("OPENAI_API_KEY")).vendors().get(0);

        assertThat(echo.name()).isEqualTo("echo");
        assertThat(echo.kind()).isEqualTo("echo");
        assertThat(echo.models()).containsExactly(new ModelGlob("echo*"));
        assertThat(echo.limits().maxConcurrency()).isEqualTo(64);
    }

    @Test
    void aServerBecomesTheVendorOpenai() throws Exception {
        List<VendorConfig> vendors =
                vendors(Optional.of(SERVER), Set.of("OTHER")).vendors();

        assertThat(vendors).extracting(VendorConfig::name).containsExactly("echo", "openai");
        VendorConfig openai = vendors.get(1);
        assertThat(openai.kind()).isEqualTo("openai");
        assertThat(openai.baseUrl()).contains(SERVER);
        assertThat(openai.allows("llama3:8b")).isTrue();
        assertThat(openai.keyEnv()).as("no secret, so no key is expected").isEmpty();
    }

    @Test
    void theServerIsSentAKeyOnlyWhereTheSecretIsSet() throws Exception {
        VendorConfig openai =
                vendors(Optional.of(SERVER), Set.of("OPENAI_API_KEY")).vendors().get(1);

        assertThat(openai.keyEnv()).contains("OPENAI_API_KEY");
    }

    private static VendorsFile vendors(Optional<URI> server, Set<String> secrets) throws Exception {
        return VendorsParser.parse("vendors.yaml", new EmbeddedVendors(server, secrets).yaml());
    }
}
