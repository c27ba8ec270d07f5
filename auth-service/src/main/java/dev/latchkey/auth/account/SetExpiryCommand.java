package dev.latchkey.auth.account;

import static dev.latchkey.platform.message.MessageSchema.flag;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.token.RefreshTokenService;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** {@code auth/refresh_token_set_expiry}: whether a grant ends when it is not used. */
@ApplicationScoped
class SetExpiryCommand implements SocketCommand {

    private final RefreshTokenService tokens;

    SetExpiryCommand(RefreshTokenService tokens) {
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return "auth/refresh_token_set_expiry";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("refresh_token_id", Kind.STRING), required("enable_expiry", Kind.BOOLEAN));
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        boolean enabled = flag(message, "enable_expiry", true);
        if (!tokens.setExpiry(caller.account().id(), text(message, "refresh_token_id"), enabled)) {
            throw new CommandException("invalid_token_id", "Received invalid token");
        }
        return Map.of();
    }
}
