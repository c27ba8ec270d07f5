package dev.latchkey.auth.user;

/** The rule for texts that are shown to people and stored: the database refuses or changes anything else. */
final class PlainText {

    private PlainText() {}

    /** Tells whether a text has neither control characters nor halves of a surrogate pair. */
    static boolean is(String text) {
        return text.codePoints()
                .noneMatch(character ->
                        Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE);
    }
}
