package io.github.batchferry.provider.embedded;

import io.github.batchferry.provider.targets.Target;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The vendors of the embedded runner repository: always {@code echo}, which answers offline, and {@code openai} where the
 * user named a server that speaks OpenAI's API.
 *
 * @param openaiBaseUrl that server
 * @param secrets names of the secrets of the runner repository
 */
public record EmbeddedVendors(Optional<URI> openaiBaseUrl, Set<String> secrets) {
    /** The secret that, where it is set, is sent to the server as the key. */
    public static final String OPENAI_KEY = "OPENAI_API_KEY";

    public EmbeddedVendors {
        secrets = Set.copyOf(secrets);
    }

    /** The text of {@code .ferry/vendors.yaml}. */
    public String yaml() {
        StringBuilder yaml = new StringBuilder("# Written by ferry whenever the embedded GitHub starts.\n")
                .append("vendors:\n")
                .append("  - name: echo\n")
                .append("    kind: echo\n")
                .append("    models: [\"echo*\"]\n")
                .append("    max_concurrency: 64\n");
        openaiBaseUrl.ifPresent(server -> yaml.append("  - name: ")
                .append(Target.Embedded.OPENAI_VENDOR)
                .append("\n    kind: openai\n    base_url: \"")
                .append(server.toASCIIString())
                .append("\"\n    models: [\"*\"]\n")
                .append(secrets.contains(OPENAI_KEY) ? "    key_env: " + OPENAI_KEY + "\n" : ""));
        return yaml.toString();
    }
}
