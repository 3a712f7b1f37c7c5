package io.github.batchferry.workflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;

/** The shipped files of a runner repository, by name. */
public final class RunnerRepositoryFiles {
    private static final String UNVERSIONED = WorkflowStamp.VERSION_LINE + "development";
    private static final String UNPINNED = WorkflowStamp.PIN + ": \"\"";

    private static final String LAST_KEY = keyLine("OPENROUTER_API_KEY");

    private RunnerRepositoryFiles() {}

    /**
     * The workflow {@code run-evals.yml}, ready to be installed beside {@link #batchRunnerJar}: it names the version of that
     * jar, and starts no jar of another sha-256.
     */
    public static byte[] workflow() {
        byte[] jar = batchRunnerJar();
        String text = new String(read("run-evals.yml"), StandardCharsets.UTF_8);
        String versioned = filledIn(text, UNVERSIONED, WorkflowStamp.VERSION_LINE + version(jar));
        return filledIn(versioned, UNPINNED, WorkflowStamp.PIN + ": \"" + sha256(jar) + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The same workflow with more keys handed to the batch runner.
     *
     * @param keys names of secrets, as {@code key_env} of {@code vendors.yaml} has them; those it has already are left alone
     */
    public static byte[] workflow(Collection<String> keys) {
        String text = new String(workflow(), StandardCharsets.UTF_8);
        for (String key : keys) {
            if (!key.matches("[A-Z_][A-Z0-9_]*")) {
                throw new IllegalArgumentException("`" + key + "` cannot be the name of a secret");
            }
            if (!text.contains(keyLine(key))) {
                text = filledIn(text, LAST_KEY, LAST_KEY + keyLine(key));
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The line of a workflow by which the batch runner gets a key. */
    private static String keyLine(String key) {
        return "          " + key + ": ${{ secrets." + key + " }}\n";
    }

    /** The batch runner: a jar to be started by the workflow, never to be put on a class path. */
    public static byte[] batchRunnerJar() {
        return read("batch-runner.jar");
    }

    /** A first {@code vendors.yaml} to be edited by the owner of the repository. */
    public static byte[] vendors() {
        // the schema lies beside the template, not in a runner repository
        return new String(read("vendors.yaml"), StandardCharsets.UTF_8)
                .replaceFirst("# yaml-language-server:.*\n", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The sha-256 of a file in lower-case hexadecimal. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String version(byte[] jar) {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            return in.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the batch runner of the installation", e);
        }
    }

    private static String filledIn(String text, String gap, String content) {
        if (!text.contains(gap)) {
            throw new IllegalStateException("run-evals.yml has no line `" + gap + "`; build the installation again");
        }
        return text.replace(gap, content);
    }

    private static byte[] read(String name) {
        try (InputStream in = RunnerRepositoryFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the installation; build it again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " of the installation", e);
        }
    }
}
