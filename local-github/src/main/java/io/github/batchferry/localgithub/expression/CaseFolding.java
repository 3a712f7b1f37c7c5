package io.github.batchferry.localgithub.expression;

/** Text without regard to case: each character's own upper case, without language rules, as .NET compares. */
final class CaseFolding {
    private static final int DOTLESS_I = 0x131;
    private static final int LONG_S = 0x17f;

    private CaseFolding() {}

    /** The same text for all spellings of a text. */
    static String fold(String text) {
        int[] folded = text.codePoints().map(CaseFolding::fold).toArray();
        return new String(folded, 0, folded.length);
    }

    private static int fold(int character) {
        // their upper cases are plain I and S, which .NET does not take them for
        return character == DOTLESS_I || character == LONG_S ? character : Character.toUpperCase(character);
    }
}
