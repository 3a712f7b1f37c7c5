package io.github.batchferry.localgithub.apps;

import io.github.batchferry.localgithub.workflow.Permissions;
import io.github.batchferry.localgithub.workflow.Permissions.Access;
import java.util.Map;
import java.util.stream.Collectors;

/** Apps spell permissions with underscores, workflows with hyphens; they mean the same. */
final class AppPermissions {
    private AppPermissions() {}

    static Permissions of(Map<String, String> permissions) {
        return new Permissions(permissions.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().replace('_', '-'), entry -> access(entry.getValue()))));
    }

    private static Access access(String word) {
        return switch (word) {
            case "read" -> Access.READ;
            case "write", "admin" -> Access.WRITE;
            default -> Access.NONE;
        };
    }
}
