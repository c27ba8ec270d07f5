package dev.latchkey.auth.socket;

import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * {@code supported_features}: a client says what it understands. One that takes several messages in one frame still
 * understands single ones, which is what it gets.
 */
@ApplicationScoped
class SupportedFeaturesCommand implements SocketCommand {

    @Override
    public String type() {
        return "supported_features";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("features", Kind.INTEGERS_BY_NAME));
    }

    @Override
    public Object handle(Caller caller, JsonNode message) {
        return null;
    }
}
