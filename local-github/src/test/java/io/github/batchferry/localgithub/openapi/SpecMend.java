package io.github.batchferry.localgithub.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Where GitHub's description, or the validator's reading of it, is not what GitHub does. Each changes the description. */
enum SpecMend {
    /** The validator reads a parameter of several types as JSON: a file name is none, and a number is of both types. */
    A_WORKFLOW_IS_NAMED_BY_A_TEXT {
        @Override
        void apply(ObjectNode spec) {
            object(spec, "/components/parameters/workflow-id")
                    .putObject("schema")
                    .put("type", "string");
        }
    },

    /** Described as one point in time, documented and used as a range such as {@code >=2026-11-20}. */
    CREATED_IS_A_RANGE {
        @Override
        void apply(ObjectNode spec) {
            object(spec, "/components/parameters/created/schema").remove("format");
        }
    },

    /** GitHub's discriminators name properties that are optional or missing; the validator refuses the whole schema. */
    NO_DISCRIMINATORS {
        @Override
        void apply(ObjectNode spec) {
            spec.findParents("discriminator").forEach(parent -> ((ObjectNode) parent).remove("discriminator"));
        }
    },

    /** GitHub's alternatives overlap: labels for an issue are described twice, and both fit. One that fits is enough. */
    ONE_OF_SEVERAL_IS_ENOUGH {
        @Override
        void apply(ObjectNode spec) {
            List<JsonNode> parents = spec.findParents("oneOf");
            parents.forEach(parent -> ((ObjectNode) parent).set("anyOf", ((ObjectNode) parent).remove("oneOf")));
        }
    },

    /** A commit of nobody known has null for its account: the description allows it, the validator passes that over. */
    NOTHING_IS_AN_ALTERNATIVE {
        @Override
        void apply(ObjectNode spec) {
            for (JsonNode parent : spec.findParents("anyOf")) {
                if (parent.path("nullable").asBoolean() && !parent.has("type")) {
                    ((ArrayNode) parent.path("anyOf"))
                            .addObject()
                            .put("type", "string")
                            .put("nullable", true)
                            .putArray("enum")
                            .addNull();
                }
            }
        }
    },

    /** The list of installations wants an account to be a user and an enterprise at once; a single one wants either. */
    AN_ACCOUNT_IS_A_USER_OR_AN_ENTERPRISE {
        @Override
        void apply(ObjectNode spec) {
            object(spec, "/paths/~1app~1installations/get/responses/200/content/application~1json/schema")
                    .putObject("items")
                    .put("$ref", "#/components/schemas/installation");
        }
    },

    /** Repositories inside of other answers have more than is described: so they do in GitHub's own examples. */
    A_REPOSITORY_HAS_COUNTS_AND_A_TEMPLATE {
        @Override
        void apply(ObjectNode spec) {
            ObjectNode properties = object(spec, "/components/schemas/repository/properties");
            properties.putObject("network_count").put("type", "integer");
            properties.putObject("subscribers_count").put("type", "integer");
            properties.putObject("template_repository").put("type", "object").put("nullable", true);
        }
    },

    /** A GitHub Enterprise Server tells its version, which the description of github.com does not know. */
    A_SERVER_TELLS_ITS_VERSION {
        @Override
        void apply(ObjectNode spec) {
            object(spec, "/components/schemas/api-overview/properties")
                    .putObject("installed_version")
                    .put("type", "string");
        }
    };

    abstract void apply(ObjectNode spec);

    private static ObjectNode object(ObjectNode spec, String pointer) {
        if (spec.at(pointer) instanceof ObjectNode found) {
            return found;
        }
        throw new IllegalStateException("find nothing to mend at " + pointer + " of GitHub's description");
    }
}
