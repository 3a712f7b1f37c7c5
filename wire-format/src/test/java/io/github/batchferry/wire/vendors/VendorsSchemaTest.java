package io.github.batchferry.wire.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.batchferry.wire.json.JsonSupport;
import io.github.batchferry.wire.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Editors check vendors.yaml by its schema, the programs by its parser; they must not disagree. */
class VendorsSchemaTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final JsonNode SCHEMA = schema();
    private static final JsonSchema VALIDATOR =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA);

    private static JsonNode schema() {
        try (InputStream in = VendorsParser.class.getResourceAsStream("vendors.schema.json")) {
            return JsonSupport.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> keys(String pointer) {
        Set<String> keys = new TreeSet<>();
        SCHEMA.at(pointer + "/properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void bothKnowTheSameKeys() {
        assertThat(keys("/$defs/vendor")).isEqualTo(new TreeSet<>(VendorsParser.KEYS));
        for (OidcExchange exchange : OidcExchange.values()) {
            String pointer = "/$defs/" + exchange.word() + "_exchange";
            Set<String> known = new TreeSet<>(List.of("exchange", "audience", "token_url"));
            known.addAll(exchange.requiredIds());
            known.addAll(exchange.optionalIds());
            List<String> required = new ArrayList<>();
            SCHEMA.at(pointer + "/required").forEach(key -> required.add(key.asText()));

            assertThat(keys(pointer)).isEqualTo(known);
            assertThat(required)
                    .contains("exchange")
                    .containsAll(exchange.requiredIds())
                    .hasSize(1 + exchange.requiredIds().size());
        }
        assertThat(SCHEMA.at("/$defs/vendor/properties/oidc/oneOf")).hasSize(OidcExchange.values().length);
    }

    private static String vendor(String lines) {
        return "vendors:\n  - name: v\n    kind: openai\n    models: [\"*\"]\n" + lines.indent(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key_env: OPENAI_API_KEY",
                "token_env: T",
                "base_url: https://h/v1/",
                "base_url: http://127.0.0.1:1234/v1\nkey_env: K",
                "base_url: http://models.example.com\nkey_env: K\nallow_http: true",
                "rpm: 500\ntpm: 2000000000\nmax_concurrency: 10000\nmax_attempts: 100\ntimeout: 500ms",
                "api_version: 2024-10-21\nanthropic_version: 2023-06-01",
                "headers: {HTTP-Referer: https://example.com, X-Title: My Evals, anthropic-beta: \"a,b\"}",
                "oidc: {exchange: openai, identity_provider_id: idp_1, service_account_id: $ACCOUNT}",
                "oidc: {exchange: anthropic, federation_rule_id: fdrl_1, organization_id: o, service_account_id: svac_1,"
                        + " workspace_id: wrkspc_1, audience: \"https://api.anthropic.com\"}",
                "oidc: {exchange: openrouter, federation_policy_id: 0b, token_url: \"http://localhost:8080/t\"}",
                "oidc: {exchange: openrouter, federation_policy_id: 0b, token_url: \"https://openrouter.ai/t\"}"
            })
    void bothAcceptAGoodEntry(String lines) {
        assertThat(schemaAccepts(vendor(lines))).as("schema").isTrue();
        assertThat(parserAccepts(vendor(lines))).as("parser").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key-env: K",
                "key_env: sk-abc",
                "key_env: K\ntoken_env: T",
                "key_env: K\noidc: {exchange: openrouter, federation_policy_id: 0b}",
                "base_url: ftp://h",
                "base_url: https://me@h/v1",
                "base_url: https://h/v1?k=v",
                "rpm: 0",
                "rpm: 10000001",
                "tpm: many",
                "max_concurrency: 10001",
                "max_attempts: 101",
                "timeout: soon",
                "allow_http: maybe",
                "api_version: a/b",
                "anthropic_version: \"a b\"",
                "headers: [a]",
                "headers: {Authorization: x}",
                "headers: {X-API-Key: x}",
                "headers: {Content-Type: text/plain}",
                "headers: {anthropic-version: x}",
                "headers: {proxy-x: x}",
                "headers: {\"a b\": x}",
                "headers: {a: \"x\\ny\"}",
                "oidc: openai",
                "oidc: {exchange: azure}",
                "oidc: {exchange: openai, identity_provider_id: idp_1}",
                "oidc: {exchange: openai, identity_provider_id: idp_1, service_account_id: s, federation_rule_id: f}",
                "oidc: {exchange: openrouter, federation_policy_id: \"a b\"}",
                "oidc: {exchange: openrouter, federation_policy_id: 0b, audience: \"a b\"}",
                "oidc: {exchange: openrouter, federation_policy_id: 0b, token_url: \"http://evil.example/t\"}",
                "oidc: {exchange: openrouter, federation_policy_id: 0b, token_url: \"https://h/t?x\"}"
            })
    void bothRefuseABadEntry(String lines) {
        assertThat(schemaAccepts(vendor(lines))).as("schema").isFalse();
        assertThat(parserAccepts(vendor(lines))).as("parser").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vendors: []",
                "vendors: {}",
                "a: 1",
                "vendors:\n  - kind: echo\n    models: [a]",
                "vendors:\n  - name: Big\n    kind: echo\n    models: [a]",
                "vendors:\n  - name: v\n    models: [a]",
                "vendors:\n  - name: v\n    kind: echo",
                "vendors:\n  - name: v\n    kind: echo\n    models: []",
                "vendors:\n  - name: v\n    kind: echo\n    models: [a]\nmore: 1"
            })
    void bothRefuseABadFile(String yaml) {
        assertThat(schemaAccepts(yaml)).as("schema").isFalse();
        assertThat(parserAccepts(yaml)).as("parser").isFalse();
    }

    @Test
    void theTemplateNamesTheSchemaAndItsExamplesAreGood() throws IOException {
        Path template = PROJECT.resolve("templates/vendors.yaml");
        String yaml = Files.readString(template);
        Matcher schema =
                Pattern.compile("\\A# yaml-language-server: \\$schema=(\\S+)\n").matcher(yaml);
        String uncommented = yaml.replaceAll("(?m)^  # (?=- |  )", "  ");

        assertThat(schema.find()).isTrue();
        assertThat(JsonSupport.MAPPER.readTree(
                        template.resolveSibling(schema.group(1)).toFile()))
                .isEqualTo(SCHEMA);
        assertThat(uncommented).contains("\n  - name: claude\n");
        for (String file : List.of(yaml, uncommented)) {
            assertThat(schemaAccepts(file)).as("schema").isTrue();
            assertThat(parserAccepts(file)).as("parser").isTrue();
        }
    }

    @Test
    void theExamplesOfTheManualAreGood() throws IOException {
        String manual = Files.readString(PROJECT.resolve("docs/vendors.md"));
        List<String> examples = Pattern.compile("(?ms)^```yaml\n(.*?)^```")
                .matcher(manual)
                .results()
                .map(example -> "vendors:\n" + example.group(1).indent(2))
                .toList();

        assertThat(examples).hasSizeGreaterThan(4);
        for (String example : examples) {
            String uncommented = example.replaceAll("(?m)^( +)# (?=[a-z_]+: )", "$1");
            assertThat(schemaAccepts(uncommented)).as(uncommented).isTrue();
            assertThat(parserAccepts(uncommented)).as(uncommented).isTrue();
        }
    }

    private static boolean parserAccepts(String yaml) {
        try {
            VendorsParser.parse("vendors.yaml", yaml);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static boolean schemaAccepts(String yaml) {
        Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        return VALIDATOR.validate(json(root)).isEmpty();
    }

    /** As editors read it, by YAML's core schema: unquoted numbers and booleans are such, dates are texts. */
    private static JsonNode json(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            mapping.getValue()
                    .forEach(entry ->
                            object.set(((ScalarNode) entry.getKeyNode()).getValue(), json(entry.getValueNode())));
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.getValue().forEach(item -> array.add(json(item)));
            return array;
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.isPlain() && scalar.getValue().matches("[0-9]+")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(scalar.getValue()));
        }
        return scalar.isPlain() && Set.of("true", "false").contains(scalar.getValue())
                ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(scalar.getValue()))
                : JsonNodeFactory.instance.textNode(scalar.getValue());
    }
}
