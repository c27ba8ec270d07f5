package dev.latchkey.auth.socket;

import com.fasterxml.jackson.databind.JsonNode;

/** A command about the connection itself. */
interface ConnectionCommand extends SocketCommand {

    /** As {@link SocketCommand#handle(Caller, JsonNode)}. */
    Object handle(SocketConnection connection, JsonNode message) throws CommandException;

    @Override
    default Object handle(Caller caller, JsonNode message) {
        throw new UnsupportedOperationException("it needs the connection");
    }
}
