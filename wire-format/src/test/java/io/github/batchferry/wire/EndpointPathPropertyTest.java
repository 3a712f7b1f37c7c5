package io.github.batchferry.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class EndpointPathPropertyTest {
    @Property(tries = 5000)
    void segmentsAreOfTheAllowedCharactersAndNeverClimb(
            @ForAll
                    @Chars({'/', '.', 'a', 'Z', '9', '_', '~', ':', '-', '@', '?', '%', '\\', 'é'})
                    @StringLength(max = 8)
                    String text) {
        boolean form = text.matches("(/[A-Za-z0-9._~:-]+)+");
        List<String> segments = List.of(text.split("/"));

        assertThat(isTaken(text)).isEqualTo(form && !segments.contains(".") && !segments.contains(".."));
    }

    private static boolean isTaken(String text) {
        try {
            return new EndpointPath(text).value().equals(text);
        } catch (InvalidValueException e) {
            return false;
        }
    }
}
