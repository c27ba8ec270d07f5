package dev.latchkey.auth.client;

import java.util.Optional;

/** Makes text from strangers fit to be shown next to our own. */
final class DisplayText {

    /** The longest text kept, in characters (code points). */
    static final int LONGEST = 100;

    private DisplayText() {}

    /**
     * Drops control, format (bidirectional overrides, zero-width) and unassigned characters, folds white space and cuts.
     *
     * @param text what a stranger wrote, may be null
     * @return the cleaned text, or empty when nothing visible is left
     */
    static Optional<String> clean(String text) {
        if (text == null) {
            return Optional.empty();
        }
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .map(c -> isSpace(c) ? ' ' : c)
                .filter(DisplayText::isVisible)
                .forEach(kept::appendCodePoint);
        String folded = kept.toString().replaceAll(" +", " ").strip();
        int length = Math.min(LONGEST, folded.codePointCount(0, folded.length()));
        String cut = folded.substring(0, folded.offsetByCodePoints(0, length)).strip();
        return cut.isEmpty() ? Optional.empty() : Optional.of(cut);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
