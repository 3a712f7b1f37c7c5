package io.github.batchferry.localgithub.access;

import io.github.batchferry.localgithub.store.StableId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an account signs its commits, and how it is recognised by that. A commit of anybody else belongs to no account.
 *
 * @param name for people
 * @param email of a domain that leads nowhere
 */
public record CommitIdentity(String name, String email) {
    /** Who commits what is done by a click or a call on somebody's behalf. */
    public static final CommitIdentity GITHUB = new CommitIdentity("GitHub", "noreply@localhost");

    private static final String DOMAIN = "users.noreply.localhost";
    private static final Pattern EMAIL = Pattern.compile("(\\d+)\\+(.+)@" + Pattern.quote(DOMAIN));

    /** How an account signs. */
    public static CommitIdentity of(String login) {
        return new CommitIdentity(login, StableId.of(login) + "+" + login + "@" + DOMAIN);
    }

    /** The account that signs with an address. */
    public static Optional<String> loginOf(String email) {
        Matcher matcher = EMAIL.matcher(email);
        return matcher.matches() && matcher.group(1).equals("" + StableId.of(matcher.group(2)))
                ? Optional.of(matcher.group(2))
                : Optional.empty();
    }
}
