package io.github.batchferry.localgithub.workflow;

import java.util.Optional;
import java.util.Set;

/** Reads {@code shell}: bash, sh, python, or a command line with {@code {0}} in it for the script's file. */
final class Shells {
    private static final Set<String> BUILT_IN = Set.of("bash", "sh", "python");
    private static final Set<String> REFUSED = Set.of("pwsh", "powershell", "cmd");

    private final Fields fields;

    Shells(Fields fields) {
        this.fields = fields;
    }

    /** A shell that takes no expressions. */
    Optional<Template> plain(YamlSection owner) {
        return owner.plain("shell").map(Template::literal).map(shell -> checked(shell, owner));
    }

    /** A shell that an expression may choose. */
    Optional<Template> read(YamlSection owner, Place place) {
        return fields.template(owner, "shell", place).map(shell -> checked(shell, owner));
    }

    private Template checked(Template shell, YamlSection owner) {
        String name = shell.toString();
        if (!shell.isLiteral() || BUILT_IN.contains(name) || name.contains("{0}")) {
            return shell;
        }
        if (REFUSED.contains(name)) {
            fields.problems().unsupported(owner.line("shell"), "`shell: " + name + "`");
        } else {
            fields.problems()
                    .add(
                            owner.line("shell"),
                            "`shell` must be bash, sh, python, or a command line with {0} in it for the script, found `"
                                    + name + "`");
        }
        return shell;
    }
}
