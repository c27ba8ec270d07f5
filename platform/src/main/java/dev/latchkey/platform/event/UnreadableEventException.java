package dev.latchkey.platform.event;

/** Thrown for a record that is no event, or an event whose data is not what its type promises. */
public class UnreadableEventException extends RuntimeException {

    public UnreadableEventException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnreadableEventException(String message) {
        super(message);
    }
}
