package io.github.batchferry.provider.targets;

import io.github.batchferry.github.TokenText;
import io.github.batchferry.wire.config.YamlMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The mapping {@code app} of an entry. Values are not shown: somebody may have written the key itself.
 *
 * @param yaml the mapping as it stands in the file
 */
record AppEntry(YamlMap yaml) {
    private static final Set<String> KEYS = Set.of("id", "installation_id", "private_key_env", "private_key_file");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /** What it says; empty if a mistake, which became a problem of the file, keeps it from being used. */
    Optional<AppAccess> read() {
        yaml.allowOnly(KEYS);
        Optional<String> id =
                yaml.requiredString("id").filter(text -> matches("id", text, ID, "the App's number or client id"));
        Optional<String> variable = yaml.string("private_key_env")
                .filter(text -> matches(
                        "private_key_env",
                        TokenText.hide(text),
                        VARIABLE,
                        "the name of an environment variable such as APP_KEY, never the key"));
        Optional<String> file = yaml.string("private_key_file").filter(this::isPath);
        if (yaml.has("private_key_env") == yaml.has("private_key_file")) {
            yaml.problem("private_key_env", "expected either private_key_env or private_key_file");
            return Optional.empty();
        }
        if (id.isEmpty() || variable.isPresent() == file.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new AppAccess(id.get(), installation(), variable, file));
    }

    private boolean isPath(String text) {
        boolean path = !text.contains("-----") && text.lines().count() == 1;
        if (!path) {
            yaml.problem("private_key_file", "expected the path of a file, never the key");
        }
        return path;
    }

    private OptionalLong installation() {
        return yaml.string("installation_id")
                .filter(text -> matches("installation_id", text, NUMBER, "a number; leave it out to have it found"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    private boolean matches(String key, String text, Pattern form, String expected) {
        boolean matches = form.matcher(text).matches();
        if (!matches) {
            yaml.problem(key, "expected " + expected);
        }
        return matches;
    }
}
