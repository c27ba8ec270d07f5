package dev.latchkey.flow.connector.file;

/** Makes what a file says fit for a message: short, and without anything that could forge a line of a log. */
final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    static String text(String raw) {
        String shown = raw.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return raw.codePointCount(0, raw.length()) > LONGEST ? shown + "…" : shown;
    }
}
