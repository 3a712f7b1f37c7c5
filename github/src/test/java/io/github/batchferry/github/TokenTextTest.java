package io.github.batchferry.github;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                "gho_0123456789abcdefghijABCDEFGHIJ012345",
                "ghu_0123456789abcdefghijABCDEFGHIJ012345",
                "ghs_0123456789abcdefghijABCDEFGHIJ012345",
                "ghs_123456_eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJnaXRodWIifQ.abc-DEF_ghi-012",
                "github_pat_11ABCDEFG0abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyz",
                "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI0MiJ9.c2lnbmF0dXJl"
            })
    void tokensAreFoundAndHiddenWhole(String token) {
        assertThat(TokenText.isIn(token)).isTrue();
        assertThat(TokenText.isIn("--token=" + token)).isTrue();
        assertThat(TokenText.hide("before \"" + token + "\", after")).isEqualTo("before \"***\", after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests.jsonl", "GH_TOKEN", "ghp_", "eval-results/20260115-093000-k3p7qa", "eyJ.a.b"})
    void whatIsNoTokenStays(String text) {
        assertThat(TokenText.isIn(text)).isFalse();
        assertThat(TokenText.hide(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "ghp_1, CLASSIC",
        "github_pat_1, FINE_GRAINED",
        "gho_1, OAUTH",
        "ghu_1, APP_USER",
        "ghs_1, INSTALLATION",
        "0123456789abcdef, UNKNOWN",
        "x, UNKNOWN"
    })
    void aPrefixTellsTheKind(String token, TokenKind kind) {
        assertThat(TokenKind.of(new AccessToken(token))).isEqualTo(kind);
    }

    @Test
    void aKindHasWords() {
        assertThat(TokenKind.FINE_GRAINED).hasToString("fine-grained personal access token");
    }
}
