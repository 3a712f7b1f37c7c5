package io.github.batchferry.localgithub.exchanges;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                "ghs_12345_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NSJ9.c2lnbmF0dXJl-_dGhhdA",
                "github_pat_0123456789_abcdefghij",
                "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NSJ9.c2lnbmF0dXJl-_dGhhdA"
            })
    void nothingIsLeftOfAToken(String token) {
        assertThat(Redaction.text("before " + token + " after")).isEqualTo("before *** after");
    }
}
