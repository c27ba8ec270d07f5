package dev.latchkey.auth.token;

import java.util.Locale;

/** The kinds of refresh token. */
public enum TokenType {
    /** Held by an app on behalf of a person. */
    NORMAL,
    /** Held by the platform itself. */
    SYSTEM,
    /** Stands behind one access token that lives for years; has no secret of its own. */
    LONG_LIVED_ACCESS_TOKEN;

    /** Returns the name on the wire and in the database, such as {@code long_lived_access_token}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TokenType ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
