package dev.latchkey.local.supervision;

/** The platform, or a part of it, could not be started. The message is for the person at the terminal. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what failed and what to do about it */
    public StartException(String message) {
        super(message);
    }

    /**
     * @param message what failed and what to do about it
     * @param cause what was thrown
     */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
