package dev.latchkey.auth.socket;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code ping}: the one command that is answered by something other than a result, a {@code pong}. */
@ApplicationScoped
class PingCommand implements SocketCommand {

    @Override
    public String type() {
        return "ping";
    }

    @Override
    public Object handle(Caller caller, JsonNode message) {
        return null;
    }
}
