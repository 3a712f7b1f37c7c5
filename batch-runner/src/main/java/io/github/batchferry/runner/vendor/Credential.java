package io.github.batchferry.runner.vendor;

/**
 * What a vendor is asked with.
 *
 * @param scheme what kind of secret it is; adapters send the two in different headers
 * @param secret the secret itself
 */
public record Credential(Scheme scheme, String secret) {
    /** Kinds of secrets. */
    public enum Scheme {
        /** A key that the vendor issued and that is stored as a secret of the repository. */
        API_KEY,
        /** A short-lived token that was exchanged for the job's identity. */
        ACCESS_TOKEN
    }

    /** A stored key. */
    public static Credential apiKey(String secret) {
        return new Credential(Scheme.API_KEY, secret);
    }

    /** The scheme; never the secret. */
    @Override
    public String toString() {
        return scheme.toString();
    }
}
