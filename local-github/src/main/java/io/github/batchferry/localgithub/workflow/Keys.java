package io.github.batchferry.localgithub.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The keys of a section, which are the whole of what is supported there.
 *
 * @param owner whose keys they are, such as {@code a job}
 * @param supported in the order in which people are told of them
 * @param refused those that GitHub has and the embedded one does not
 */
record Keys(String owner, List<String> supported, Set<String> refused) {
    Keys {
        supported = List.copyOf(supported);
        refused = Set.copyOf(refused);
    }

    static Keys of(String owner, String... supported) {
        return new Keys(owner, Arrays.asList(supported), Set.of());
    }

    Keys butNot(String... refused) {
        return new Keys(owner, supported, Set.of(refused));
    }

    /** Reports every key of a section that is not supported. */
    void check(YamlSection section, WorkflowProblems problems) {
        for (String key : section.keys()) {
            if (refused.contains(key)) {
                problems.unsupported(section.line(key), "`" + key + "`");
            } else if (!supported.contains(key)) {
                problems.add(
                        section.line(key),
                        "unknown key `" + key + "`; " + owner + " may have " + String.join(", ", supported));
            }
        }
    }
}
