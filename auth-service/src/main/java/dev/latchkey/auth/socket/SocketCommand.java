package dev.latchkey.auth.socket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.message.MessageSchema.Field;
import java.util.List;

/** A command that an authenticated connection can send. Called on a virtual thread, one at a time for each connection. */
public interface SocketCommand {

    /** Returns the {@code type} by which it is called. */
    String type();

    /** Returns the keys of its message other than {@code id} and {@code type}. */
    default List<Field> fields() {
        return List.of();
    }

    /** Tells whether only administrators may call it. */
    default boolean adminOnly() {
        return false;
    }

    /**
     * Does it.
     *
     * @param message has the form of {@link #fields()}
     * @return the {@code result}, written by Jackson; null for null
     * @throws CommandException when it cannot be done
     */
    Object handle(Caller caller, JsonNode message) throws CommandException;
}
