package io.github.batchferry.localgithub.workflow;

import java.util.Optional;

/**
 * An input that a workflow declares under {@code on.workflow_call.inputs}.
 *
 * @param name its name
 * @param type text, number or truth value
 * @param defaultValue value when the caller gives none; sees {@code github}, {@code inputs} and {@code vars} of the called
 *     workflow
 * @param required whether a caller must give it, unless there is a default
 */
public record CallInput(String name, InputSpec.Type type, Optional<Template> defaultValue, boolean required) {}
