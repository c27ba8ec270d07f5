package dev.latchkey.auth.socket;

import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code unsubscribe_events}: ends a subscription. No command makes one yet, so none is ever found. */
@ApplicationScoped
class UnsubscribeEventsCommand implements SocketCommand {

    @Override
    public String type() {
        return "unsubscribe_events";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("subscription", Kind.INTEGER));
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        throw new CommandException("not_found", "Subscription not found.");
    }
}
