package io.github.batchferry.localgithub.workflow;

import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code permissions} of a workflow or a job. */
final class PermissionsReader {
    private final WorkflowProblems problems;

    PermissionsReader(WorkflowProblems problems) {
        this.problems = problems;
    }

    Optional<Permissions> read(YamlSection owner) {
        if (!owner.has("permissions")) {
            return Optional.empty();
        }
        return Optional.of(owner.hasMapping("permissions") ? scopes(owner.section("permissions")) : all(owner));
    }

    private Permissions all(YamlSection owner) {
        String all = owner.text("permissions").orElse("");
        if (!all.equals("read-all") && !all.equals("write-all")) {
            problems.add(owner.line("permissions"), "`permissions` must be read-all, write-all or a mapping of scopes");
        }
        return Permissions.all(all.equals("write-all") ? Access.WRITE : Access.READ);
    }

    private Permissions scopes(YamlSection scopes) {
        Map<String, Access> granted = new LinkedHashMap<>();
        for (String scope : scopes.keys()) {
            access(scopes, scope).ifPresent(access -> granted.put(scope, access));
        }
        return new Permissions(granted);
    }

    private Optional<Access> access(YamlSection scopes, String scope) {
        String written = scopes.text(scope).orElse("");
        List<Access> possible = Permissions.possible(scope);
        if (possible.isEmpty()) {
            problems.unsupported(scopes.line(scope), "the permission `" + scope + "`");
            return Optional.empty();
        }
        Optional<Access> access =
                possible.stream().filter(one -> name(one).equals(written)).findFirst();
        if (access.isEmpty()) {
            problems.add(
                    scopes.line(scope), "`" + scope + "` must be " + names(possible) + ", found `" + written + "`");
        }
        return access;
    }

    private static String names(List<Access> possible) {
        String most = possible.stream()
                .limit(possible.size() - 1)
                .map(PermissionsReader::name)
                .collect(Collectors.joining(", "));
        return most + " or " + name(possible.get(possible.size() - 1));
    }

    private static String name(Access access) {
        return access.name().toLowerCase(Locale.ROOT);
    }
}
