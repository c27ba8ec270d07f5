package dev.latchkey.auth.account;

import static dev.latchkey.platform.message.MessageSchema.flag;
import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.token.GrantRevocation;
import dev.latchkey.auth.token.TokenType;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code auth/delete_all_refresh_tokens}: signs the user out everywhere, or of one kind of grant. */
@ApplicationScoped
class DeleteAllRefreshTokensCommand implements SocketCommand {

    private final GrantRevocation revocation;

    DeleteAllRefreshTokensCommand(GrantRevocation revocation) {
        this.revocation = revocation;
    }

    @Override
    public String type() {
        return "auth/delete_all_refresh_tokens";
    }

    @Override
    public List<Field> fields() {
        return List.of(optional("token_type", Kind.STRING), optional("delete_current_token", Kind.BOOLEAN));
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        String type = text(message, "token_type");
        if (type != null
                && Arrays.stream(TokenType.values())
                        .noneMatch(known -> known.wireName().equals(type))) {
            throw new CommandException("invalid_format", "not a valid value for dictionary value @ data['token_type']");
        }
        String except = flag(message, "delete_current_token", true)
                ? null
                : caller.token().grantId();
        revocation.revokeAll(caller.account().id(), type, except);
        return Map.of();
    }
}
