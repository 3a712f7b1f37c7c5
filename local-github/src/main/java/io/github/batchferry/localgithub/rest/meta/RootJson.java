package io.github.batchferry.localgithub.rest.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.json.Json;

/** GitHub's shape of the root of its API: where everything is, as URI templates. Most of it is not served here. */
final class RootJson {
    private static final String[][] TEMPLATES = {
        {"current_user", "/user"},
        {"authorizations", "/authorizations"},
        {"code_search", "/search/code?q={query}{&page,per_page,sort,order}"},
        {"commit_search", "/search/commits?q={query}{&page,per_page,sort,order}"},
        {"emails", "/user/emails"},
        {"emojis", "/emojis"},
        {"events", "/events"},
        {"feeds", "/feeds"},
        {"followers", "/user/followers"},
        {"following", "/user/following{/target}"},
        {"gists", "/gists{/gist_id}"},
        {"hub", "/hub"},
        {"issue_search", "/search/issues?q={query}{&page,per_page,sort,order}"},
        {"issues", "/issues"},
        {"keys", "/user/keys"},
        {"label_search", "/search/labels?q={query}&repository_id={repository_id}{&page,per_page}"},
        {"notifications", "/notifications"},
        {"organization", "/orgs/{org}"},
        {"organization_repositories", "/orgs/{org}/repos{?type,page,per_page,sort}"},
        {"organization_teams", "/orgs/{org}/teams"},
        {"public_gists", "/gists/public"},
        {"rate_limit", "/rate_limit"},
        {"repository", "/repos/{owner}/{repo}"},
        {"repository_search", "/search/repositories?q={query}{&page,per_page,sort,order}"},
        {"current_user_repositories", "/user/repos{?type,page,per_page,sort}"},
        {"starred", "/user/starred{/owner}{/repo}"},
        {"starred_gists", "/gists/starred"},
        {"topic_search", "/search/topics?q={query}{&page,per_page}"},
        {"user", "/users/{user}"},
        {"user_organizations", "/user/orgs"},
        {"user_repositories", "/users/{user}/repos{?type,page,per_page,sort}"},
        {"user_search", "/search/users?q={query}{&page,per_page,sort,order}"},
    };

    private RootJson() {}

    /**
     * The shape {@code root}.
     *
     * @param server root of the API
     */
    static ObjectNode of(String server) {
        ObjectNode root = Json.object()
                .put("current_user_authorizations_html_url", server + "/settings/connections/applications{/client_id}");
        for (String[] template : TEMPLATES) {
            root.put(template[0] + "_url", server + template[1]);
        }
        return root;
    }
}
