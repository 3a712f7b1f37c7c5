package io.github.batchferry.provider.targets;

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
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Editors check targets.yaml by its schema, ferry by its parser; they must not disagree. */
class TargetsSchemaTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final JsonNode SCHEMA = schema();
    private static final JsonSchema VALIDATOR =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA);

    private static JsonNode schema() {
        try (InputStream in = TargetsFile.class.getResourceAsStream("targets.schema.json")) {
            return JsonSupport.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> keys(String definition) {
        Set<String> keys = new TreeSet<>();
        SCHEMA.at("/$defs/" + definition + "/properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void bothKnowTheSameKeys() {
        assertThat(keys("github_actions")).isEqualTo(new TreeSet<>(TargetEntry.GITHUB_ACTIONS_KEYS));
        assertThat(keys("local_github")).isEqualTo(new TreeSet<>(TargetEntry.EMBEDDED_KEYS));
    }

    private static String cloud(String lines) {
        String repo = lines.contains("repo:") ? "" : "    repo: myorg/eval-runner\n";
        return "targets:\n  - name: cloud\n    provider: github-actions\n" + repo + lines.indent(4);
    }

    private static String local(String lines) {
        return "targets:\n  - name: ollama\n    provider: local-github\n" + lines.indent(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "workflow: evals.yaml\nref: release/1.x\nresults_branch: results/mine\nresults_artifact: false",
                "poll_interval: 100ms\ntimeout: 1ms",
                "poll_interval: 10s\ntimeout: 6h",
                "host: acme.ghe.com",
                "host: github.example.com:8443",
                "api_url: https://github.example.com/api/v3/",
                "api_url: http://127.0.0.1:8080",
                "api_url: http://github.localhost",
                "token_env: RUNNER_TOKEN\nvendor: openai",
                "shards: 256\ncontinue: runner",
                "shard_size: 50000\ncontinue: client",
                "max_cost_usd: 2.50\neconomy: false",
                "max_cost_usd: 3",
                "economy: true\ncache: true",
                "results_artifact: true\nkeep_requests: true",
                "on_timeout: cancel\nqueue_timeout: 30m",
                "app: {id: 123, private_key_env: APP_KEY}",
                "app: {id: Iv1.abc, installation_id: 7, private_key_file: keys/app.pem}",
                "repo: ${{ RUNNER }}\ntimeout: ${{TIME}}\nshards: ${{ SHARDS }}\nmax_cost_usd: ${{ BUDGET }}",
                "cache: ${{ CACHE }}\ncontinue: ${{ WHO }}\nhost: ${{ HOST }}\nref: ${{ REF }}\nworkflow: ${{ W }}"
            })
    void bothAcceptAGoodRunnerRepository(String lines) {
        accepted(cloud(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repo: eval-runner",
                "repo: myorg/..",
                "on_timeout: ${{ WHAT }}",
                "on_timeout: later",
                "queue_timeout: 0s",
                "keep_requests: maybe",
                "app: {id: 123}",
                "app: {private_key_env: APP_KEY}",
                "app: {id: 1, private_key_env: A, private_key_file: b}",
                "app: {id: 1, private_key_env: A}\ntoken_env: B",
                "app: {id: 1, private_key_env: A, other: c}",
                "repo: -myorg/x",
                "repo: ${{ runner }}",
                "repo: org/${{ RUNNER }}",
                "result_branch: x",
                "workflow: ../evil.yml",
                "workflow: evals.txt",
                "ref: a..b",
                "ref: x.lock",
                "results_branch: --force",
                "poll_interval: 1ms",
                "poll_interval: 0s",
                "timeout: 0s",
                "timeout: soon",
                "host: https://github.example.com",
                "host: github.example.com/api",
                "api_url: http://github.example.com",
                "api_url: https://me@github.example.com",
                "api_url: https://github.example.com?x",
                "host: h.example.com\napi_url: https://h.example.com",
                "token_env: 1A",
                "token_env: ghp_0123456789012345678901234567890123456789",
                "token_env: ${{ GH_TOKEN }}",
                "vendor: Open AI",
                "shards: 0",
                "shards: 257",
                "shards: 2\nshard_size: 3",
                "shard_size: many",
                "continue: nobody",
                "max_cost_usd: 0",
                "max_cost_usd: -1",
                "max_cost_usd: $3",
                "economy: sometimes",
                "economy: true\nmax_cost_usd: 3",
                "cache: 1",
                "openai_base_url: http://127.0.0.1:11434/v1"
            })
    void bothRefuseABadRunnerRepository(String lines) {
        refused(cloud(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "openai_base_url: http://127.0.0.1:11434/v1\nvendor: openai",
                "openai_base_url: ${{ OLLAMA }}\nshards: 2\ncache: true"
            })
    void bothAcceptAGoodEmbeddedTarget(String lines) {
        accepted(local(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai_base_url: ftp://h", "repo: a/b", "host: github.com", "token_env: X"})
    void bothRefuseABadEmbeddedTarget(String lines) {
        refused(local(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "targets: []",
                "targets: [{provider: azure, endpoint: x}]",
                "targets: [{name: a, provider: cli, workers: 3}, {use_target: a}]",
                "defaults: {workers: 3}\ntargets: []"
            })
    void bothLeaveWhatOtherToolsWroteAlone(String yaml) {
        accepted(yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1",
                "targets: {}",
                "targets: [a]",
                "targets: [{name: a}]",
                "targets: [{provider: local-github}]",
                "targets: [{name: a, provider: github-actions}]",
                "targets: [{name: local, provider: github-actions, repo: a/b}]",
                "targets: [{name: \"${{ A }}\", provider: local-github}]"
            })
    void bothRefuseABadFile(String yaml) {
        refused(yaml);
    }

    @Test
    void theTemplateNamesTheSchemaAndItsExamplesAreGood() throws IOException {
        Path template = PROJECT.resolve("templates/targets.yaml");
        String yaml = Files.readString(template);
        Matcher schema =
                Pattern.compile("\\A# yaml-language-server: \\$schema=(\\S+)\n").matcher(yaml);

        assertThat(schema.find()).isTrue();
        assertThat(JsonSupport.MAPPER.readTree(
                        template.resolveSibling(schema.group(1)).toFile()))
                .isEqualTo(SCHEMA);
        accepted(yaml);
        List<String> examples = Pattern.compile("(?m)^    # ([a-z_]+: \\S+)$")
                .matcher(yaml)
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThan(5);
        examples.forEach(example -> accepted(cloud(example)));
    }

    @Test
    void theManualNamesEveryKeyAndItsExamplesAreGood() throws IOException {
        String manual = Files.readString(PROJECT.resolve("docs/targets.md"));
        List<String> examples = Pattern.compile("(?ms)^```yaml\n(.*?)^```")
                .matcher(manual)
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples).hasSize(2).allSatisfy(TargetsSchemaTest::accepted);
        for (String key : keys("github_actions")) {
            // artifacts are not supported yet
            if (!key.equals("results_artifact")) {
                assertThat(manual).contains("`" + key);
            }
        }
    }

    private static void accepted(String yaml) {
        assertThat(schemaAccepts(yaml)).as("schema: %s", yaml).isTrue();
        assertThat(parserAccepts(yaml)).as("parser: %s", yaml).isTrue();
    }

    private static void refused(String yaml) {
        assertThat(schemaAccepts(yaml)).as("schema: %s", yaml).isFalse();
        assertThat(parserAccepts(yaml)).as("parser: %s", yaml).isFalse();
    }

    private static boolean parserAccepts(String yaml) {
        try {
            TargetsFile.parse("targets.yaml", yaml);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static boolean schemaAccepts(String yaml) {
        Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        return VALIDATOR.validate(json(root)).isEmpty();
    }

    /** As editors read it, by YAML's core schema: unquoted numbers and booleans are such. */
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
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.isPlain() && text.matches("-?[0-9]+")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        }
        if (scalar.isPlain() && text.matches("-?[0-9]+\\.[0-9]+")) {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
        }
        return scalar.isPlain() && Set.of("true", "false").contains(text)
                ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text))
                : JsonNodeFactory.instance.textNode(text);
    }
}
