package io.github.batchferry.wire.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class ModelGlobPropertyTest {
    @Property(tries = 5000)
    void aStarStandsForAnyTextAndTheRestForItself(
            @ForAll @Chars({'*', '.'}) @CharRange(from = 'a', to = 'b') @StringLength(max = 6) String glob,
            @ForAll @Chars('.') @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String model) {
        String regex = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));

        assertThat(new ModelGlob(glob).matches(model)).isEqualTo(model.matches(regex));
    }
}
