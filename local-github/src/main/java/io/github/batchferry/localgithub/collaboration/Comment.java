package io.github.batchferry.localgithub.collaboration;

import java.time.Instant;

/**
 * A comment on an issue or a pull request.
 *
 * @param id unique in its repository
 * @param issue number of what it is on
 * @param author login
 * @param body Markdown
 * @param createdAt when it was written
 * @param updatedAt when it was last changed
 */
public record Comment(long id, int issue, String author, String body, Instant createdAt, Instant updatedAt) {
    /** The comment with another text. */
    public Comment edited(String text, Instant now) {
        return new Comment(id, issue, author, text, createdAt, now);
    }
}
