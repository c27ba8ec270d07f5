package dev.latchkey.embedded;

/** A server could not be started. The message is a sentence for the person who runs it. */
public final class ServerStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what failed and what to do about it, without a stack trace's vocabulary */
    public ServerStartException(String message) {
        super(message);
    }

    /**
     * @param message what failed and what to do about it
     * @param cause what was thrown
     */
    public ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
