package dev.latchkey.auth.account;

import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.token.GrantRevocation;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** {@code auth/delete_refresh_token}: takes one grant back, with every access token and socket of it. */
@ApplicationScoped
class DeleteRefreshTokenCommand implements SocketCommand {

    private final GrantRevocation revocation;

    DeleteRefreshTokenCommand(GrantRevocation revocation) {
        this.revocation = revocation;
    }

    @Override
    public String type() {
        return "auth/delete_refresh_token";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("refresh_token_id", Kind.STRING));
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        if (!revocation.revoke(caller.account().id(), text(message, "refresh_token_id"))) {
            throw new CommandException("invalid_token_id", "Received invalid token");
        }
        return Map.of();
    }
}
