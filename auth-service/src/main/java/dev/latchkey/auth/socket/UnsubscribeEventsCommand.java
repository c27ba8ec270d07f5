package dev.latchkey.auth.socket;

import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code unsubscribe_events}: ends the subscription that a command of this connection made. */
@ApplicationScoped
class UnsubscribeEventsCommand implements ConnectionCommand {

    @Override
    public String type() {
        return "unsubscribe_events";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("subscription", Kind.LONG));
    }

    @Override
    public Object handle(SocketConnection connection, JsonNode message) throws CommandException {
        if (!connection.subscriptions().end(message.get("subscription").longValue())) {
            throw new CommandException("not_found", "Subscription not found.");
        }
        return null;
    }
}
