package io.github.batchferry.localgithub.collaboration;

import java.util.List;

/**
 * A label of a repository.
 *
 * @param id unique in its repository; stays when the label is renamed
 * @param name compared without regard to case
 * @param color six hex digits
 * @param description one line; null for none
 * @param preset whether every new repository has it
 */
public record Label(long id, String name, String color, String description, boolean preset) {
    /** Colour of a label for which nobody chose one. */
    public static final String USUAL_COLOR = "ededed";

    /** What every new repository on github.com has. */
    static final List<Label> PRESETS = List.of(
            preset(1, "bug", "d73a4a", "Something isn't working"),
            preset(2, "documentation", "0075ca", "Improvements or additions to documentation"),
            preset(3, "duplicate", "cfd3d7", "This issue or pull request already exists"),
            preset(4, "enhancement", "a2eeef", "New feature or request"),
            preset(5, "good first issue", "7057ff", "Good for newcomers"),
            preset(6, "help wanted", "008672", "Extra attention is needed"),
            preset(7, "invalid", "e4e669", "This doesn't seem right"),
            preset(8, "question", "d876e3", "Further information is requested"),
            preset(9, "wontfix", "ffffff", "This will not be worked on"));

    private static Label preset(long id, String name, String color, String description) {
        return new Label(id, name, color, description, true);
    }
}
