package io.github.batchferry.localgithub.releases;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import io.github.batchferry.localgithub.rest.shape.AccountJson;
import io.github.batchferry.localgithub.rest.shape.RepositoryJson;
import io.github.batchferry.localgithub.server.Addresses;

/** GitHub's shapes of releases and their files. */
public final class ReleaseJson {
    private final Addresses addresses;
    private final RepositoryJson repositories;
    private final AccountJson accounts;

    public ReleaseJson(Addresses addresses, RepositoryJson repositories, AccountJson accounts) {
        this.addresses = addresses;
        this.repositories = repositories;
        this.accounts = accounts;
    }

    String url(HostedRepository repository) {
        return repositories.url(repository) + "/releases";
    }

    String htmlUrl(HostedRepository repository, ReleaseRecord release) {
        return repositories.htmlUrl(repository) + "/releases/tag/" + Paths.encode(release.slug());
    }

    /** The shape {@code release}. */
    ObjectNode release(HostedRepository repository, ReleaseRecord release) {
        String api = repositories.url(repository);
        String url = api + "/releases/" + release.id();
        String ref = Paths.encode(release.tag());
        ObjectNode json = Json.object()
                .put("url", url)
                .put("assets_url", url + "/assets")
                .put(
                        "upload_url",
                        addresses.uploads() + "/repos/" + repository.name() + "/releases/" + release.id()
                                + "/assets{?name,label}")
                .put("html_url", htmlUrl(repository, release))
                .put("id", release.id());
        json.set("author", accounts.simpleUser(release.author()));
        json.put("node_id", AccountJson.nodeId("Release", release.id()))
                .put("tag_name", release.tag())
                .put("target_commitish", release.target())
                .put("name", release.name())
                .put("draft", release.draft())
                .put("immutable", false)
                .put("prerelease", release.prerelease())
                .put("created_at", RepositoryJson.time(release.createdAt()))
                .put("updated_at", RepositoryJson.time(release.updatedAt()))
                .put("published_at", RepositoryJson.time(release.publishedAt()))
                .put("tarball_url", release.draft() ? null : api + "/tarball/" + ref)
                .put("zipball_url", release.draft() ? null : api + "/zipball/" + ref)
                .put("body", release.body());
        json.set("assets", assets(repository, release));
        return json;
    }

    private ArrayNode assets(HostedRepository repository, ReleaseRecord release) {
        ArrayNode assets = Json.array();
        release.assets().forEach(asset -> assets.add(asset(repository, release, asset)));
        return assets;
    }

    /** The shape {@code release-asset}. */
    ObjectNode asset(HostedRepository repository, ReleaseRecord release, AssetRecord asset) {
        ObjectNode json = Json.object()
                .put("url", url(repository) + "/assets/" + asset.id())
                .put("id", asset.id())
                .put("node_id", AccountJson.nodeId("ReleaseAsset", asset.id()))
                .put("name", asset.name())
                .put("label", asset.label());
        json.set("uploader", accounts.simpleUser(asset.uploader()));
        return json.put("content_type", asset.contentType())
                .put("state", "uploaded")
                .put("size", asset.size())
                .put("digest", asset.digest())
                .put("download_count", asset.downloads())
                .put("created_at", RepositoryJson.time(asset.createdAt()))
                .put("updated_at", RepositoryJson.time(asset.updatedAt()))
                .put(
                        "browser_download_url",
                        repositories.htmlUrl(repository) + "/releases/download/" + Paths.encode(release.slug()) + "/"
                                + Paths.encode(asset.name()));
    }
}
