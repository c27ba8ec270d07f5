package dev.latchkey.platform.outbox;

import java.sql.SQLException;

/** Thrown when the database does not take events; the caller's transaction cannot be committed any more. */
public class OutboxException extends RuntimeException {

    OutboxException(SQLException cause) {
        super("the outbox could not be written: " + cause.getMessage(), cause);
    }
}
