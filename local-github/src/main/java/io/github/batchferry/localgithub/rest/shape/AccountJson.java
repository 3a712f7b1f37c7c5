package io.github.batchferry.localgithub.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.server.Addresses;
import io.github.batchferry.localgithub.store.StableId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** GitHub's shape of users. */
public final class AccountJson {
    private static final String[] LISTS = {
        "followers", "subscriptions", "orgs", "repos", "received_events",
    };

    private static final String[] COUNTS = {
        "followers",
        "following",
        "public_gists",
        "private_gists",
        "public_repos",
        "owned_private_repos",
        "total_private_repos",
        "disk_usage",
        "collaborators",
    };

    private final Addresses addresses;

    public AccountJson(Addresses addresses) {
        this.addresses = addresses;
    }

    /** The shape {@code simple-user}. */
    public ObjectNode simpleUser(String login) {
        String url = addresses.api() + "/users/" + Paths.encode(login);
        ObjectNode user = Json.object()
                .put("login", login)
                .put("id", StableId.of(login))
                .put("node_id", nodeId("User", StableId.of(login)))
                .put("avatar_url", addresses.html() + "/avatars/" + Paths.encode(login))
                .put("gravatar_id", "")
                .put("url", url)
                .put("html_url", addresses.html() + "/" + Paths.encode(login))
                .put("following_url", url + "/following{/other_user}")
                .put("gists_url", url + "/gists{/gist_id}")
                .put("starred_url", url + "/starred{/owner}{/repo}")
                .put("events_url", url + "/events{/privacy}")
                .put("type", login.endsWith("[bot]") ? "Bot" : "User")
                .put("site_admin", false);
        for (String list : LISTS) {
            user.put((list.equals("orgs") ? "organizations" : list) + "_url", url + "/" + list);
        }
        return user;
    }

    /**
     * The shape {@code private-user}: what users see of themselves. Nobody follows anybody here, and there are no gists.
     *
     * @param name what people call the user
     * @param since when the user came here
     */
    public ObjectNode privateUser(String login, String name, Instant since) {
        ObjectNode user = simpleUser(login).put("name", name);
        for (String unknown : new String[] {"company", "blog", "location", "email", "hireable", "bio"}) {
            user.putNull(unknown);
        }
        for (String count : COUNTS) {
            user.put(count, 0);
        }
        return user.put("two_factor_authentication", false)
                .put("created_at", RepositoryJson.time(since))
                .put("updated_at", RepositoryJson.time(since));
    }

    /** The id by which GraphQL would know a thing. */
    public static String nodeId(String kind, long id) {
        String text = kind + ":" + id;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
