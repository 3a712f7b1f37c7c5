package io.github.batchferry.wire;

import java.util.Optional;

/** Which model a request asks for: some APIs name it in the body, some in the url, some in both. */
final class RequestModel {
    private static final String RESOURCE = "models/";

    private RequestModel() {}

    /** The model of a request; empty if neither place names one. */
    static Optional<String> of(Optional<EndpointPath> url, Optional<String> inBody) {
        return url.flatMap(EndpointPath::model).or(() -> inBody);
    }

    /**
     * What is wrong with a body that names another model than the url: the vendors file would be asked about one of them and
     * the vendor might answer with the other. {@code models/x} is Gemini's long form of {@code x}.
     */
    static Optional<String> contradiction(Optional<EndpointPath> url, Optional<String> inBody) {
        return url.flatMap(EndpointPath::model)
                .filter(model -> inBody.filter(body -> !body.equals(model) && !body.equals(RESOURCE + model))
                        .isPresent())
                .map(model -> "names another model than the url, which says `" + model
                        + "`; name one in the url and none, or the same, in the body");
    }
}
