package io.github.batchferry.github;

import java.util.ArrayList;
import java.util.List;

/** A source of tokens that remembers the latest it gave, so that they can be taken out of what GitHub says. Thread-safe. */
final class UsedTokens implements TokenSource {
    /** The one that was refused, its successor, and one that another thread may still be using. */
    private static final int REMEMBERED = 3;

    private final TokenSource source;
    // Mutable state
    private final List<AccessToken> latest = new ArrayList<>();

    UsedTokens(TokenSource source) {
        this.source = source;
    }

    @Override
    public AccessToken token() throws GitHubException {
        AccessToken token = source.token();
        synchronized (latest) {
            if (!latest.contains(token)) {
                latest.add(token);
            }
            if (latest.size() > REMEMBERED) {
                latest.remove(0);
            }
        }
        return token;
    }

    @Override
    public boolean renew(AccessToken refused) {
        return source.renew(refused);
    }

    @Override
    public String origin() {
        return source.origin();
    }

    /** A text without those tokens and without whatever else looks like one. */
    String hide(String said) {
        String hidden = said;
        synchronized (latest) {
            for (AccessToken token : latest) {
                hidden = hidden.replace(token.secret(), "***");
            }
        }
        return TokenText.hide(hidden);
    }
}
