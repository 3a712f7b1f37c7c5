package io.github.batchferry.runner.credentials;

/** Which secrets an HTTP header can carry: printable ASCII without spaces. */
final class HeaderSafe {
    private HeaderSafe() {}

    static boolean is(String secret) {
        return !secret.isEmpty() && secret.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
