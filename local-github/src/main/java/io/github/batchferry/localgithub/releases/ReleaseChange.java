package io.github.batchferry.localgithub.releases;

import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.FieldError;
import io.github.batchferry.localgithub.http.Fields;
import io.github.batchferry.localgithub.http.Request;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * What a call wants a release to be; what is empty stays as it is.
 *
 * @param makeLatest true, false or legacy
 * @param notes whether notes are to be written
 */
record ReleaseChange(
        Optional<String> tag,
        Optional<String> target,
        Optional<String> name,
        Optional<String> body,
        Optional<Boolean> draft,
        Optional<Boolean> prerelease,
        Optional<String> makeLatest,
        boolean notes) {
    private static final String RESOURCE = "Release";

    static ReleaseChange of(Request request, boolean creates) throws ApiException {
        Fields fields = Fields.orNone(request, RESOURCE);
        if (creates) {
            fields.needed("tag_name");
        }
        Optional<String> tag = fields.text("tag_name").filter(text -> creates || !text.isEmpty());
        if (tag.isPresent() && !Repository.isValidRefName(Constants.R_TAGS + tag.get())) {
            throw ApiException.invalid(
                    new FieldError(RESOURCE, "tag_name", "custom", "tag_name is not a valid tag"),
                    FieldError.custom(RESOURCE, "tag_name is not well-formed"));
        }
        Optional<String> latest = fields.text("make_latest");
        if (latest.isPresent() && !latest.get().matches("true|false|legacy")) {
            throw ApiException.invalid(FieldError.of(RESOURCE, "make_latest", "invalid"));
        }
        if (fields.text("discussion_category_name").isPresent()) {
            throw new ApiException(404, "Not Found: this repository has no discussions");
        }
        return new ReleaseChange(
                tag,
                fields.text("target_commitish").filter(text -> !text.isEmpty()),
                fields.text("name"),
                fields.text("body"),
                fields.flag("draft"),
                fields.flag("prerelease"),
                latest,
                fields.flag("generate_release_notes").orElse(false));
    }
}
