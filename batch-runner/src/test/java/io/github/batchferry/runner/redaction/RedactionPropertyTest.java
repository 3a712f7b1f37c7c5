package io.github.batchferry.runner.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchferry.wire.json.RawJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a vendor does to a secret that people do to secrets: nothing that decoding brings back survives. */
class RedactionPropertyTest {
    private static final String OTHERS = "key: \u00e4\u20ac\ud83d\ude00 {\"a\"}\n";

    /** Ways to write a text. */
    enum Encoding {
        PLAIN,
        URL,
        URL_LOWER,
        URL_PLUS,
        URL_ALL,
        BASE64,
        BASE64_URL,
        HEX,
        HEX_UPPER,
        JSON,
        JSON_ALL
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withChars("abcXYZ019-_.~/+= \"\\%\u00e9\u20ac")
                .ofMinLength(8)
                .ofMaxLength(60)
                .filter(secret -> secret.strip().length() >= 8);
    }

    @Provide
    Arbitrary<String> surroundings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, OTHERS.length()),
                        Arbitraries.integers().between(0, OTHERS.length()))
                .as((a, b) -> OTHERS.substring(Math.min(a, b), Math.max(a, b)));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void noSecretSurvivesAnyEncodingAtAnyPlaceOfADocument(
            @ForAll("secrets") String secret,
            @ForAll Encoding encoding,
            @ForAll("surroundings") String before,
            @ForAll("surroundings") String after,
            @ForAll long seed)
            throws Exception {
        String hidden = secret.strip();
        Random random = new Random(seed);
        String text = written(hidden, encoding, before, after);
        RawJson body = document(text, random);

        String clean = new Redactor(List.of(secret)).json(body).toString();

        assertThat(clean).isNotEqualTo(body.toString());
        RawJson.parse(clean.getBytes(StandardCharsets.UTF_8));
        assertThat(decodings(RawJson.parse(clean.getBytes(StandardCharsets.UTF_8))
                        .tree()
                        .findValue("text")
                        .asText()))
                .noneMatch(reading -> reading.contains(hidden));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void encodingsOverOneAnotherAreTakenApart(
            @ForAll("secrets") String secret, @ForAll long seed, @ForAll("surroundings") String before)
            throws Exception {
        String hidden = secret.strip();
        String once = written(hidden, Encoding.JSON, before, "");
        String twice = written(once, new Random(seed).nextBoolean() ? Encoding.JSON : Encoding.URL, "", before);

        String clean = new Redactor(List.of(secret)).text(twice);

        assertThat(clean).contains(Redactor.MASK);
    }

    @Property(tries = 500)
    void aDocumentWithoutItComesBackAsItIs(@ForAll("secrets") String secret, @ForAll String other, @ForAll long seed) {
        Assume.that(decodings(other).stream().noneMatch(reading -> reading.contains(secret.strip())));
        RawJson body = document(other, new Random(seed));

        assertThat(new Redactor(List.of("#" + secret + "#")).json(body)).isSameAs(body);
    }

    @Property(tries = 500)
    void noPieceOfEightCharactersSurvivesInAnError(
            @ForAll("secrets") String secret, @ForAll("surroundings") String before, @ForAll long seed) {
        String hidden = secret.strip();
        Assume.that(hidden.length() >= 16);
        Random random = new Random(seed);
        int from = random.nextInt(hidden.length() - 8);
        String piece = hidden.substring(from, from + 8 + random.nextInt(hidden.length() - from - 7));

        String clean = new Redactor(List.of(secret)).errorText(before + piece + "\u2026");

        for (int i = 0; i + 8 <= piece.length(); i++) {
            assertThat(clean).doesNotContain(piece.substring(i, i + 8));
        }
    }

    private static String written(String secret, Encoding encoding, String before, String after) {
        byte[] whole = (before + secret + after).getBytes(StandardCharsets.UTF_8);
        return switch (encoding) {
            case PLAIN -> before + secret + after;
            case URL -> before + percent(secret, "%%%02X", false) + after;
            case URL_LOWER -> before + percent(secret, "%%%02x", false) + after;
            case URL_PLUS -> before + percent(secret, "%%%02X", false).replace("%20", "+") + after;
            case URL_ALL -> before + percent(secret, "%%%02x", true) + after;
            case BASE64 -> before + Base64.getEncoder().encodeToString(whole);
            case BASE64_URL -> before + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
            case HEX -> HexFormat.of().formatHex(whole);
            case HEX_UPPER -> HexFormat.of().withUpperCase().formatHex(whole);
            case JSON -> {
                String quoted = RawJson.ofText(secret).toString();
                yield before + quoted.substring(1, quoted.length() - 1) + after;
            }
            case JSON_ALL -> before + unicode(secret) + after;
        };
    }

    private static String percent(String text, String format, boolean all) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean safe = b > 0 && (Character.isLetterOrDigit(b) || "-_.~".indexOf(b) >= 0);
            out.append(safe && !all ? String.valueOf((char) b) : String.format(format, b));
        }
        return out.toString();
    }

    private static String unicode(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(String.format("\\u%04x", c)));
        return out.toString();
    }

    /** A JSON document that holds a text, each character of which is escaped or not as the dice fall. */
    private static RawJson document(String text, Random random) {
        StringBuilder json = new StringBuilder("{\"n\":1e2,\"list\":[true,{\"text\":\"");
        for (char c : text.toCharArray()) {
            boolean must = c == '"' || c == '\\' || c < ' ' || Character.isSurrogate(c);
            json.append(must || random.nextInt(10) == 0 ? String.format("\\u%04X", (int) c) : String.valueOf(c));
        }
        try {
            return RawJson.parse(json.append("\"}]}").toString().getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Everything that decoding makes of a text, two encodings deep. */
    private static List<String> decodings(String text) {
        List<String> all = new ArrayList<>(List.of(text));
        for (int depth = 0; depth < 2; depth++) {
            List.copyOf(all).stream().flatMap(RedactionPropertyTest::decoded).forEach(all::add);
        }
        return all;
    }

    private static Stream<String> decoded(String text) {
        Stream.Builder<String> out = Stream.builder();
        for (String url : List.of(text, text.replace("+", "%2B"))) {
            try {
                out.add(URLDecoder.decode(url, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // a percent sign that begins no escape
            }
        }
        try {
            out.add(RawJson.parse(("\"" + text + "\"").getBytes(StandardCharsets.UTF_8))
                    .tree()
                    .asText());
        } catch (Exception e) {
            // no JSON string
        }
        for (String run : text.split("[^A-Za-z0-9+/_-]+")) {
            addDecodedRun(run, out);
        }
        return out.build();
    }

    private static void addDecodedRun(String run, Stream.Builder<String> out) {
        for (int skip = 0; skip < Math.min(4, run.length()); skip++) {
            String digits = run.substring(skip).replace('+', '-').replace('/', '_');
            String whole = digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits;
            out.add(new String(Base64.getUrlDecoder().decode(whole), StandardCharsets.UTF_8));
        }
        for (int skip = 0; skip < Math.min(2, run.length()); skip++) {
            String digits = run.substring(skip, run.length() - (run.length() - skip) % 2);
            if (digits.matches("[0-9A-Fa-f]+")) {
                out.add(new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8));
            }
        }
    }
}
