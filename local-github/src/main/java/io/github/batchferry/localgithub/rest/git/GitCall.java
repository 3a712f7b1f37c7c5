package io.github.batchferry.localgithub.rest.git;

import io.github.batchferry.localgithub.hosting.HostedRepository;
import io.github.batchferry.localgithub.http.ApiException;
import io.github.batchferry.localgithub.http.Request;
import java.io.IOException;

/** What all calls about git's objects begin with. */
final class GitCall {
    private GitCall() {}

    /** The repository of a call; one to which nothing was ever pushed has no objects to speak of. */
    static HostedRepository filled(Request request) throws IOException, ApiException {
        if (request.repository().isEmpty()) {
            throw new ApiException(409, "Git Repository is empty.");
        }
        return request.repository();
    }
}
