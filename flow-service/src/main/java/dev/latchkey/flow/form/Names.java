package dev.latchkey.flow.form;

import java.util.Locale;
import java.util.regex.Pattern;

/** Turns Java's names into those of the interface. */
final class Names {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Names() {}

    /** Returns {@code apiToken} as {@code api_token}. */
    static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
