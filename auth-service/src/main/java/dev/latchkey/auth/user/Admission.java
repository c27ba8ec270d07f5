package dev.latchkey.auth.user;

import dev.latchkey.platform.net.ClientAddress;

/** Decides whether a user may be served at an address ({@code spec/auth.md} 3.5). */
public enum Admission {
    /** The user may be served. */
    ALLOWED(null),
    /** The user was deactivated. */
    INACTIVE("User is not active"),
    /** The user is served only from local networks, and the address is none. */
    NOT_LOCAL("User cannot authenticate remotely");

    private final String reason;

    Admission(String reason) {
        this.reason = reason;
    }

    /** Returns the sentence for the client; null when allowed. */
    public String reason() {
        return reason;
    }

    /** Judges a user at the address of the client. */
    public static Admission of(Account account, ClientAddress client) {
        if (!account.active()) {
            return INACTIVE;
        }
        return account.localOnly() && !client.local() ? NOT_LOCAL : ALLOWED;
    }
}
