package io.github.batchferry.localgithub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Tokens in GitHub's form. */
public final class GitHubToken {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 36;

    private GitHubToken() {}

    /** The token of a state directory; made on first use, the same ever after. */
    public static String of(StateDirectory directory, SecureRandom random) throws IOException {
        Path file = directory.token();
        if (!Files.exists(file)) {
            AtomicFile.writeOwnerOnly(file, create("ghp_", random).getBytes(StandardCharsets.UTF_8));
        }
        return Files.readString(file).strip();
    }

    /** A new token nobody can guess. */
    public static String create(String prefix, SecureRandom random) {
        StringBuilder token = new StringBuilder(prefix);
        for (int i = 0; i < LENGTH; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
