package dev.latchkey.auth.user;

import java.util.Locale;

/** The rule by which two spellings are the same username. */
public final class Username {

    /** The longest username, in characters. */
    public static final int MAX_LENGTH = 128;

    private Username() {}

    /** Returns the form in which a username is stored and compared: stripped of white space at its ends, case folded. */
    public static String normalize(String username) {
        // Upper case first: it folds what has no lower-case twin, as "ß" and "SS".
        return username.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Tells whether a normalized username can be given to a user. */
    public static boolean isAcceptable(String normalized) {
        return !normalized.isEmpty() && normalized.length() <= MAX_LENGTH && PlainText.is(normalized);
    }
}
