package dev.latchkey.auth.token;

/** Thrown when a user already has a long-lived access token of the name asked for. */
public class NameTakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NameTakenException(String name) {
        super("\"" + name + "\" already exists", null, false, false);
    }
}
