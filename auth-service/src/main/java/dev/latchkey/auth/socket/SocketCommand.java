package dev.latchkey.auth.socket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.message.MessageSchema.Field;
import java.util.List;

/**
 * A command that an authenticated connection can send. Called on a virtual thread, one at a time for each connection except for
 * those that {@link #waits() wait}.
 */
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

    /** Tells whether it waits for another service: the commands behind it do not, and can be answered before it. */
    default boolean waits() {
        return false;
    }

    /** Tells whether events follow its answer, until {@code unsubscribe_events} names its id. */
    default boolean subscribes() {
        return false;
    }

    /**
     * Does it.
     *
     * @param message has the form of {@link #fields()}
     * @return the {@code result}, written by Jackson; null for null; a {@link Continued} when something follows the answer
     * @throws CommandException when it cannot be done
     */
    Object handle(Caller caller, JsonNode message) throws CommandException;
}
