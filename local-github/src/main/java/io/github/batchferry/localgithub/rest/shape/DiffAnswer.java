package io.github.batchferry.localgithub.rest.shape;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import io.github.batchferry.localgithub.http.Response;
import java.io.IOException;
import java.util.Optional;

/** Changes as git prints them, for those who ask for that instead of JSON. */
public final class DiffAnswer {
    private DiffAnswer() {}

    /**
     * The difference of two commits, if a diff is asked for.
     *
     * @param before commit; empty for nothing at all
     * @throws ApiException if a series of mails is asked for, which there is none of
     */
    public static Optional<Response> of(
            Request request, HostedRepository repository, Optional<String> before, String after)
            throws IOException, ApiException {
        if (request.accept().contains(".patch")) {
            throw new ApiException(415, "the embedded GitHub makes no patches; ask for JSON or a diff");
        }
        if (!request.accept().contains(".diff")) {
            return Optional.empty();
        }
        byte[] text = repository.changes().text(before, after);
        return Optional.of(Response.bytes("application/vnd.github.diff; charset=utf-8", text));
    }
}
