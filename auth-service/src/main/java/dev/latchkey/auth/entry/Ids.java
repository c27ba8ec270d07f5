package dev.latchkey.auth.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.auth.socket.CommandException;
import java.util.regex.Pattern;

/** Ids of entries and flows, as paths have them. */
final class Ids {

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{1,64}");

    private Ids() {}

    /**
     * Returns the path of what a checked message names. An id that cannot be one is not asked for.
     *
     * @param name the key under which the message has the id
     * @throws CommandException {@code not_found}
     */
    static String path(String collection, JsonNode message, String name) throws CommandException {
        String id = message.get(name).textValue();
        if (!ID.matcher(id).matches()) {
            throw FlowServiceErrors.notFound();
        }
        return collection + "/" + id;
    }

    /** Returns a message without an id that the path says. */
    static JsonNode without(JsonNode message, String name) {
        return ((ObjectNode) message.deepCopy()).without(name);
    }
}
