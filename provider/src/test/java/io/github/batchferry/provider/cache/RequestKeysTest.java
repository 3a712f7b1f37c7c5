package io.github.batchferry.provider.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.CustomId;
import io.github.batchferry.wire.EndpointPath;
import io.github.batchferry.wire.RequestLine;
import io.github.batchferry.wire.RequestLineComposer;
import io.github.batchferry.wire.Sha256;
import io.github.batchferry.wire.json.RawJson;
import io.github.batchferry.wire.vendors.VendorsFile;
import io.github.batchferry.wire.vendors.VendorsParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeysTest {
    private static final String BODY = "{\"model\":\"m\",\"messages\":[]}";

    @Test
    void theCustomIdDoesNotMatter() throws Exception {
        assertThat(key("a", "/v1/chat/completions", BODY)).isEqualTo(key("b", "/v1/chat/completions", BODY));
    }

    @Test
    void urlAndEveryByteOfTheBodyMatter() throws Exception {
        Sha256 key = key("a", "/v1/chat/completions", BODY);

        assertThat(key("a", "/v1/responses", BODY)).isNotEqualTo(key);
        assertThat(key("a", "/v1/chat/completions", BODY.replace("[]", "[ ]"))).isNotEqualTo(key);
    }

    @Test
    void aVendorIsTheSameHoweverItWasFound() throws Exception {
        RequestKeys keys = new RequestKeys(vendors("https://one.example"), Optional.empty(), "here");
        RequestKeys named = new RequestKeys(vendors("https://one.example"), Optional.of("openai"), "there");

        assertThat(keys.of(request("a", "/v1/x", BODY))).isEqualTo(named.of(request("a", "/v1/x", BODY)));
    }

    @Test
    void twoServersOfOneNameAreTwoVendors() throws Exception {
        RequestKeys one = new RequestKeys(vendors("https://one.example"), Optional.empty(), "here");
        RequestKeys other = new RequestKeys(vendors("https://other.example"), Optional.empty(), "here");

        assertThat(one.of(request("a", "/v1/x", BODY))).isNotEqualTo(other.of(request("a", "/v1/x", BODY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_version: \"2\"", "anthropic_version: \"2\"", "headers: {x-mode: two}"})
    void whatAVendorSendsWithEveryCallMatters(String setting) throws Exception {
        String first = setting.replace("2", "1").replace("two", "one");

        Sha256 key = key("");

        assertThat(key(", " + setting)).isNotEqualTo(key).isNotEqualTo(key(", " + first));
        assertThat(key(", " + setting)).isEqualTo(key(", " + setting));
    }

    private static Sha256 key(String settings) throws Exception {
        RequestKeys keys = new RequestKeys(vendors("https://one.example", settings), Optional.empty(), "here");
        return keys.of(request("a", "/v1/x", BODY));
    }

    @Test
    void aVendorThatIsOnlyANameIsOneOfItsTarget() throws Exception {
        RequestKeys here = new RequestKeys(Optional.empty(), Optional.of("openai"), "here");
        RequestKeys there = new RequestKeys(Optional.empty(), Optional.of("openai"), "there");

        assertThat(here.of(request("a", "/v1/x", BODY))).isNotEqualTo(there.of(request("a", "/v1/x", BODY)));
    }

    private static Sha256 key(String id, String url, String body) throws Exception {
        return new RequestKeys(vendors("https://one.example"), Optional.empty(), "here").of(request(id, url, body));
    }

    private static RequestLine request(String id, String url, String body) throws Exception {
        return RequestLineComposer.compose(
                new CustomId(id),
                new EndpointPath(url),
                Optional.empty(),
                RawJson.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<VendorsFile> vendors(String base) throws Exception {
        return vendors(base, "");
    }

    private static Optional<VendorsFile> vendors(String base, String settings) throws Exception {
        return Optional.of(VendorsParser.parse(
                "vendors.yaml",
                "vendors: [{name: openai, kind: openai, base_url: \"" + base + "\", models: [\"*\"]" + settings
                        + "}]"));
    }
}
