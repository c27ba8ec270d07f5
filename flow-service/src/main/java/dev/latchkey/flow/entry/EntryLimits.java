package dev.latchkey.flow.entry;

/** Keeps texts that are stored in the clear to a size. */
final class EntryLimits {

    private static final int TITLE = 256;
    private static final int REASON = 500;

    private EntryLimits() {}

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
