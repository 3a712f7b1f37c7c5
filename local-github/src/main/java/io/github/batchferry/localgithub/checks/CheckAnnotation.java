package io.github.batchferry.localgithub.checks;

import io.github.batchferry.localgithub.store.Annotation;
import java.util.Locale;

/**
 * A remark of a check about a place.
 *
 * @param path of the file
 * @param startLine counted from 1
 * @param endLine at least {@code startLine}
 * @param startColumn null for none
 * @param endColumn null for none
 * @param level notice, warning or failure
 * @param message its text
 * @param title null for none
 * @param rawDetails null for none
 */
public record CheckAnnotation(
        String path,
        int startLine,
        int endLine,
        Integer startColumn,
        Integer endColumn,
        String level,
        String message,
        String title,
        String rawDetails) {
    /** A remark of a job. */
    static CheckAnnotation of(Annotation annotation) {
        return new CheckAnnotation(
                annotation.path(),
                annotation.startLine(),
                annotation.endLine(),
                annotation.startColumn(),
                annotation.endColumn(),
                annotation.level().name().toLowerCase(Locale.ROOT),
                annotation.message(),
                annotation.title(),
                null);
    }
}
