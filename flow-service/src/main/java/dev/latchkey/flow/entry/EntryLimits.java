package dev.latchkey.flow.entry;

/** Keeps texts that are stored in the clear to a size. */
public final class EntryLimits {

    private static final int TITLE = 256;
    private static final int REASON = 500;

    private static final int ID = 64;
    private static final int UNIQUE_ID = 512;

    private EntryLimits() {}

    /** Tells whether a text that anybody may have sent can be the id of an entry or of a flow. PostgreSQL takes no NUL. */
    public static boolean isId(String text) {
        return text.length() <= ID && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Tells whether a text can be a unique id; what remotes call accounts and devices is. */
    static boolean isUniqueId(String text) {
        return text.length() <= UNIQUE_ID && text.indexOf('\0') < 0;
    }

    /**
     * Returns a unique id, or null for none.
     *
     * @throws IllegalArgumentException when it cannot be one: cutting it might make two accounts one
     */
    static String uniqueId(String text) {
        if (text != null && !isUniqueId(text)) {
            throw new IllegalArgumentException("A unique id is too long, or holds what cannot be stored");
        }
        return text;
    }

    /** Returns a title that is not longer than titles may be; remotes name accounts as they like. */
    static String title(String title) {
        return cut(title, TITLE);
    }

    /** Returns a reason that is not longer than reasons may be; null stays null. */
    static String reason(String reason) {
        return reason == null ? null : cut(reason, REASON);
    }

    private static String cut(String text, int most) {
        // PostgreSQL keeps no NUL.
        String clean = text.replace("\0", "");
        if (clean.length() <= most) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(most - 1)) ? most - 1 : most;
        return clean.substring(0, end);
    }
}
