package dev.latchkey.platform.http;

/** Ends a request with a status and a {@link Message}. */
public class MessageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    public MessageException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Returns the HTTP status of the answer. */
    public int status() {
        return status;
    }
}
