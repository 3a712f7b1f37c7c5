package io.github.batchferry.localgithub.workflow;

import java.util.Optional;

/** Reads {@code concurrency} of a workflow or a job. */
final class GroupReader {
    private static final Keys KEYS = Keys.of("`concurrency`", "group", "cancel-in-progress", "queue");

    private final Fields fields;
    private final Place place;

    GroupReader(Fields fields, Place place) {
        this.fields = fields;
        this.place = place;
    }

    Optional<Workflow.Concurrency> read(YamlSection owner) {
        if (!owner.hasMapping("concurrency")) {
            return fields.filled(owner, "concurrency", place).map(group -> of(group, Template.literal("false"), false));
        }
        YamlSection section = owner.section("concurrency");
        KEYS.check(section, fields.problems());
        if (!section.has("group")) {
            fields.problems().add(owner.line("concurrency"), "`concurrency` lacks a `group`");
        }
        Template cancel = fields.flag(section, "cancel-in-progress", place).orElse(Template.literal("false"));
        boolean queueMax = queueMax(section, cancel);
        return fields.filled(section, "group", place).map(group -> of(group, cancel, queueMax));
    }

    private boolean queueMax(YamlSection section, Template cancel) {
        String queue = section.plain("queue").orElse("single");
        if (!queue.equals("single") && !queue.equals("max")) {
            fields.problems().add(section.line("queue"), "`queue` must be single or max, found `" + queue + "`");
        }
        if (queue.equals("max") && cancel.equals(Template.literal("true"))) {
            fields.problems()
                    .add(
                            section.line("queue"),
                            "`queue: max` keeps what `cancel-in-progress: true` stops; use one of them");
        }
        return queue.equals("max");
    }

    private static Workflow.Concurrency of(Template group, Template cancel, boolean queueMax) {
        return new Workflow.Concurrency(group, cancel, queueMax);
    }
}
