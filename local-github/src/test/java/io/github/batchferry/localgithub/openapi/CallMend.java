package io.github.batchferry.localgithub.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchferry.localgithub.http.Paths;
import io.github.batchferry.localgithub.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where requests that GitHub takes do not look like its description. Applied in this order. */
enum CallMend {
    /** A client that takes the server for its proxy sends whole URLs. */
    A_PROXY_IS_ASKED_FOR_URLS {
        @Override
        Call apply(Call call) {
            return call.withPath(call.path().replaceFirst("^[a-z]+://[^/]*", ""));
        }
    },

    /** A GitHub Enterprise Server has the same API in a folder. */
    AN_ENTERPRISE_SERVER_HAS_A_FOLDER {
        @Override
        Call apply(Call call) {
            return call.withPath(call.path().replaceFirst("^/api/v3(?=/|$)", ""));
        }
    },

    /** Files are uploaded to another host; here, and on a GitHub Enterprise Server, that is a folder. */
    UPLOADS_HAVE_A_PLACE_OF_THEIR_OWN {
        @Override
        Call apply(Call call) {
            return call.withPath(call.path().replaceFirst("^(?:/_uploads|/api/uploads)(?=/)", ""));
        }
    },

    /** The root has no segments, so cutting the folder off leaves nothing of it. */
    NOTHING_IS_THE_ROOT {
        @Override
        Call apply(Call call) {
            return call.path().isEmpty() ? call.withPath("/") : call;
        }
    },

    /** Whatever can be got can be asked for its headers; HTTP says so, the description does not. */
    HEAD_IS_GET_WITHOUT_A_BODY {
        @Override
        Call apply(Call call) {
            return call.method().equals("HEAD") ? call.withMethod("GET") : call;
        }
    },

    /** GitHub leads from a renamed repository to its number, and the API works there, too. */
    A_REPOSITORY_HAS_A_NUMBER {
        @Override
        Call apply(Call call) {
            return call.withPath(call.path().replaceFirst("^/repositories/\\d+(?=/|$)", "/repos/owner/repo"));
        }
    },

    /** The root of the files is the empty path, which is no segment. */
    THE_ROOT_OF_THE_FILES_IS_A_PATH {
        @Override
        Call apply(Call call) {
            return call.withPath(call.path().replaceFirst("^(/repos/[^/]+/[^/]+/contents)/?$", "$1/%2F"));
        }
    },

    /** Paths, refs and tags may hold slashes as they are; the validator wants one segment, with the slashes encoded. */
    NAMES_MAY_HOLD_SLASHES {
        @Override
        Call apply(Call call) {
            for (Pattern pattern : WITH_SLASHES) {
                Matcher path = pattern.matcher(call.path());
                if (path.matches()) {
                    String suffix = path.groupCount() > 2 && path.group(3) != null ? path.group(3) : "";
                    return call.withPath(path.group(1) + path.group(2).replace("/", "%2F") + suffix);
                }
            }
            return call;
        }
    },

    /** The usual Java client asks for a file's removal in the query, as GitHub once documented it. */
    A_REMOVAL_IS_ASKED_FOR_IN_THE_QUERY {
        @Override
        Call apply(Call call) {
            boolean removal = call.method().equals("DELETE") && call.path().matches("/repos/[^/]+/[^/]+/contents/.+");
            return removal && call.body().isEmpty()
                    ? call.withBody(Json.MAPPER.valueToTree(parameters(call)).toString())
                            .withQuery("")
                    : call;
        }
    },

    /** The usual Java client repeats in the body what the path says: which file, or which label. */
    THE_BODY_REPEATS_THE_PATH {
        @Override
        Call apply(Call call) {
            String key = call.path().matches("/repos/[^/]+/[^/]+/contents/.+")
                    ? "path"
                    : call.method().equals("PATCH") && call.path().matches("/repos/[^/]+/[^/]+/labels/.+")
                            ? "name"
                            : "";
            return key.isEmpty() ? call : without(call, key);
        }

        private Call without(Call call, String key) {
            try {
                return Json.MAPPER.readTree(call.body()) instanceof ObjectNode body
                        ? call.withBody(body.without(key).toString())
                        : call;
            } catch (IOException e) {
                return call; // the validator says what is wrong with it
            }
        }
    },

    /** Clients announce a type even where they send nothing. */
    NOTHING_HAS_NO_TYPE {
        @Override
        Call apply(Call call) {
            return call.body().isEmpty() ? call.withContentType(Optional.empty()) : call;
        }
    },

    /** A release takes files of all types; bytes of an unknown type stand for all of them in the description. */
    FILES_ARE_OF_ANY_TYPE {
        @Override
        Call apply(Call call) {
            return call.method().equals("POST") && call.path().matches("/repos/[^/]+/[^/]+/releases/\\d+/assets")
                    ? call.withContentType(Optional.of("application/octet-stream"))
                    : call;
        }
    },

    /** GitHub reads JSON whatever its type is called; curl and Java's client name it a form, or not at all. */
    JSON_IS_READ_WHATEVER_IT_IS_CALLED {
        @Override
        Call apply(Call call) {
            boolean file = call.contentType().orElse("").equals("application/octet-stream");
            return !file && (call.body().startsWith("{") || call.body().startsWith("["))
                    ? call.withContentType(Optional.of("application/json"))
                    : call;
        }
    };

    private static final String REPOSITORY = "(/repos/[^/]+/[^/]+/";
    private static final Pattern[] WITH_SLASHES = {
        Pattern.compile(REPOSITORY + "(?:contents|readme|compare|zipball|tarball|statuses)/)(.+)"),
        Pattern.compile(REPOSITORY + "git/(?:ref|refs|matching-refs|trees)/)(.+)"),
        Pattern.compile(REPOSITORY + "releases/tags/)(.+)"),
        Pattern.compile(REPOSITORY + "branches/)(.+?)(/protection(?:/.*)?|/rename)?"),
        Pattern.compile(REPOSITORY
                + "commits/)(.+?)(/(?:status|statuses|check-runs|check-suites|pulls|comments|branches-where-head))?"),
    };

    abstract Call apply(Call call);

    static Call all(Call call) {
        return Arrays.stream(values()).reduce(call, (mended, mend) -> mend.apply(mended), (first, second) -> second);
    }

    /** The parameters of the query, decoded. */
    static Map<String, String> parameters(Call call) {
        return call.query().isEmpty() ? Map.of() : Paths.query(call.query());
    }
}
