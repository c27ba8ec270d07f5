package dev.latchkey.auth.user;

import java.util.Map;

/** A change of a user that cannot be made, with the stable code that the interface has for the reason. */
public class UserException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;
    private final transient Map<String, String> placeholders;

    UserException(String code, String message) {
        this(code, message, Map.of());
    }

    UserException(String code, String message, Map<String, String> placeholders) {
        super(message, null, false, false);
        this.code = code;
        this.placeholders = placeholders;
    }

    /** Returns the reason, such as {@code user_not_found}. */
    public String code() {
        return code;
    }

    /** Returns what a translation of the message needs; empty when the code is not a translation key. */
    public Map<String, String> placeholders() {
        return placeholders;
    }
}
