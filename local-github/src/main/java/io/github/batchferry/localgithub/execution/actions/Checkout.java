package io.github.batchferry.localgithub.execution.actions;

import io.github.batchferry.localgithub.execution.process.Programs;
import io.github.batchferry.localgithub.store.RepositoryName;
import io.github.batchferry.localgithub.store.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * {@code actions/checkout}: fetches a repository of this GitHub with the machine's git. The user's own configuration of
 * git is neither read nor changed.
 */
final class Checkout implements EmulatedAction {
    private static final String PATH = "path";
    private static final String COMMIT = "[0-9a-fA-F]{40}";

    @Override
    public Map<String, String> defaults(ActionStep step) {
        return Map.of(
                "repository", step.fact("GITHUB_REPOSITORY"),
                "token", step.token(),
                "persist-credentials", "true",
                "clean", "true",
                "fetch-depth", "1",
                "fetch-tags", "false",
                "show-progress", "true",
                "set-safe-directory", "true");
    }

    @Override
    public void run(ActionStep step) throws IOException, ActionFailedException {
        if (Programs.find("git", step.searchPath()).isEmpty()) {
            throw new ActionFailedException("find no `git` on the PATH: actions/checkout needs it; install git");
        }
        Path folder = folder(step);
        step.keep(PATH, folder.toString());
        step.log().line("Syncing repository: " + step.input("repository"));
        runScript(step, "checkout.sh", variables(step, folder));
        step.output("ref", ref(step));
    }

    @Override
    public boolean hasPost() {
        return true;
    }

    @Override
    public void post(ActionStep step) throws IOException, ActionFailedException {
        Path folder = Path.of(step.state(PATH).isEmpty() ? step.workspace().toString() : step.state(PATH));
        if (Files.isDirectory(folder.resolve(".git"))
                && Programs.find("git", step.searchPath()).isPresent()) {
            runScript(
                    step,
                    "checkout-post.sh",
                    Map.of("CHECKOUT_PATH", folder.toString(), "CHECKOUT_SERVER", step.fact("GITHUB_SERVER_URL")));
        }
    }

    private static void runScript(ActionStep step, String name, Map<String, String> variables)
            throws IOException, ActionFailedException {
        Path home =
                Files.createDirectories(step.temp().resolve(UUID.randomUUID().toString()));
        try (InputStream script = Checkout.class.getResourceAsStream(name)) {
            Map<String, String> all = new LinkedHashMap<>(variables);
            all.put("HOME", home.toString());
            all.put("GIT_CONFIG_NOSYSTEM", "1");
            all.put("GIT_TERMINAL_PROMPT", "0");
            int exit = step.script(new String(script.readAllBytes(), StandardCharsets.UTF_8), all);
            if (exit != 0) {
                throw new ActionFailedException("The process '/usr/bin/git' failed with exit code " + exit);
            }
        } finally {
            StateDirectory.delete(home);
        }
    }

    private static Path folder(ActionStep step) throws ActionFailedException {
        Path folder;
        try {
            folder = step.workspace().resolve(step.input(PATH)).normalize();
        } catch (InvalidPathException e) {
            throw new ActionFailedException("Invalid path `" + step.input(PATH) + "`: " + e.getReason());
        }
        if (!folder.startsWith(step.workspace())) {
            throw new ActionFailedException("Repository path '" + folder + "' is not under '" + step.workspace() + "'");
        }
        return folder;
    }

    private static Map<String, String> variables(ActionStep step, Path folder) throws ActionFailedException {
        String token = step.input("token");
        if (token.isEmpty()) {
            throw new ActionFailedException("Input required and not supplied: token");
        }
        String credential =
                Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
        step.mask(token);
        step.mask(credential);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CHECKOUT_SERVER", step.fact("GITHUB_SERVER_URL"));
        variables.put("CHECKOUT_REPOSITORY", repository(step));
        variables.put("CHECKOUT_PATH", folder.toString());
        variables.put("CHECKOUT_CREDENTIAL", credential);
        variables.put("CHECKOUT_REF", ref(step));
        variables.put("CHECKOUT_COMMIT", commit(step));
        variables.put("CHECKOUT_DEPTH", depth(step));
        for (String flag : new String[] {"fetch-tags", "persist-credentials", "clean", "show-progress"}) {
            String name = "CHECKOUT_" + flag.toUpperCase(Locale.ROOT).replace('-', '_');
            variables.put(name, Inputs.isTrue(step, flag) ? "1" : "");
        }
        return variables;
    }

    private static String repository(ActionStep step) throws ActionFailedException {
        String[] parts = step.input("repository").split("/");
        if (parts.length != 2 || !RepositoryName.valid(parts[0], parts[1])) {
            throw new ActionFailedException(
                    "Invalid repository '" + step.input("repository") + "'. Expected format {owner}/{repo}.");
        }
        return parts[0] + "/" + parts[1];
    }

    private static boolean isOwn(ActionStep step) {
        return step.input("repository").equalsIgnoreCase(step.fact("GITHUB_REPOSITORY"));
    }

    /** What to check out, unless it is a commit by itself; nothing for the default branch. */
    private static String ref(ActionStep step) {
        String ref = step.input("ref");
        if (ref.isEmpty()) {
            return isOwn(step) ? step.fact("GITHUB_REF") : "";
        }
        return ref.matches(COMMIT) ? "" : ref;
    }

    private static String commit(ActionStep step) {
        String ref = step.input("ref");
        if (ref.isEmpty()) {
            return isOwn(step) ? step.fact("GITHUB_SHA") : "";
        }
        return ref.matches(COMMIT) ? ref : "";
    }

    private static String depth(ActionStep step) {
        String depth = step.input("fetch-depth");
        return depth.matches("\\d{1,9}") ? depth : "0";
    }
}
