package io.github.batchferry.github;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Gives one token after the other, the next whenever one is refused; the last one stays. */
final class RenewableTokens implements TokenSource {
    // Mutable state
    private final Deque<String> left;

    RenewableTokens(String... tokens) {
        left = new ArrayDeque<>(List.of(tokens));
    }

    @Override
    public AccessToken token() {
        return new AccessToken(left.getFirst());
    }

    @Override
    public boolean renew(AccessToken refused) {
        if (left.size() > 1 && left.getFirst().equals(refused.secret())) {
            left.removeFirst();
            return true;
        }
        return false;
    }

    @Override
    public String origin() {
        return "environment variable GH_TOKEN";
    }
}
