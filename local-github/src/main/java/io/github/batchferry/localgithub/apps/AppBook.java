package io.github.batchferry.localgithub.apps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All Apps of a server.
 *
 * @param lastId the largest number that was given
 * @param apps in the order in which they were registered
 * @param installations in the order in which they were made
 * @param tokens of installations
 */
record AppBook(long lastId, List<AppRecord> apps, List<InstallationRecord> installations, List<TokenRecord> tokens) {
    static final AppBook EMPTY = new AppBook(0, List.of(), List.of(), List.of());

    AppBook {
        apps = List.copyOf(apps);
        installations = List.copyOf(installations);
        tokens = List.copyOf(tokens);
    }

    Optional<AppRecord> app(Predicate<AppRecord> which) {
        return apps.stream().filter(which).findFirst();
    }

    Optional<InstallationRecord> installation(long id) {
        return installations.stream()
                .filter(installation -> installation.id() == id)
                .findFirst();
    }

    AppBook with(AppRecord app) {
        return new AppBook(Math.max(lastId, app.id()), with(apps, app), installations, tokens);
    }

    AppBook with(InstallationRecord installation) {
        return new AppBook(Math.max(lastId, installation.id()), apps, with(installations, installation), tokens);
    }

    /** The book with a token more, and without those that have ended. */
    AppBook with(TokenRecord token, Instant now) {
        List<TokenRecord> alive =
                tokens.stream().filter(each -> now.isBefore(each.expiresAt())).toList();
        return new AppBook(lastId, apps, installations, with(alive, token));
    }

    AppBook without(String digest) {
        List<TokenRecord> others =
                tokens.stream().filter(token -> !token.digest().equals(digest)).toList();
        return new AppBook(lastId, apps, installations, others);
    }

    private static <T> List<T> with(List<T> list, T element) {
        List<T> more = new ArrayList<>(list);
        more.add(element);
        return more;
    }
}
