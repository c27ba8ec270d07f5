package dev.latchkey.auth.user;

/** Thrown when more people sign in at once than passwords can be hashed; the caller is told to come back. */
public class TooManySignInsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManySignInsException() {
        super("Too many people are signing in right now", null, false, false);
    }
}
