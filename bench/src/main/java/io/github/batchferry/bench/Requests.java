package io.github.batchferry.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/**
 * A batch's requests: about 450 bytes each, no two alike, always the same ones.
 *
 * @param count how many
 * @param file where they lie
 * @param bytes of them
 * @param sha256 of those bytes, in hexadecimal
 */
record Requests(int count, Path file, long bytes, String sha256) {
    static final String MODEL = "gpt-4o-mini";

    private static final String[] WORDS = {
        "river", "answer", "capital", "of", "the", "mountain", "which", "ferry", "carries", "letters", "across", "a",
        "lake", "in", "winter", "when", "ice", "is", "thin", "and", "boats", "wait", "for", "spring"
    };

    static Requests write(int count, Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        long bytes = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int i = 0; i < count; i++) {
                byte[] line = (line(i) + "\n").getBytes(StandardCharsets.UTF_8);
                out.write(line);
                digest.update(line);
                bytes += line.length;
            }
        }
        return new Requests(count, file, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** The prompt of a request: its number and some fifty words. */
    static String prompt(int number) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder("Question " + number + ":");
        while (text.length() < 270) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.append('?').toString();
    }

    static String customId(int number) {
        return String.format(Locale.ROOT, "r-%07d", number);
    }

    private static String line(int number) {
        return "{\"custom_id\":\"" + customId(number)
                + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                + "{\"model\":\"" + MODEL
                + "\",\"messages\":[{\"role\":\"system\",\"content\":\"Answer in one word.\"},"
                + "{\"role\":\"user\",\"content\":\"" + prompt(number) + "\"}],\"max_tokens\":60}}";
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
