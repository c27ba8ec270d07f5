package dev.latchkey.auth.account;

import static dev.latchkey.platform.message.MessageSchema.flag;
import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserException;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * {@code config/auth_provider/homeassistant/change_password}: a person changes the own password. Every other session of the
 * person ends unless {@code sign_out_others} is false (decision A17).
 */
@ApplicationScoped
class ChangePasswordCommand implements SocketCommand {

    private final PasswordProvider passwords;

    ChangePasswordCommand(PasswordProvider passwords) {
        this.passwords = passwords;
    }

    @Override
    public String type() {
        return "config/auth_provider/homeassistant/change_password";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                required("current_password", Kind.STRING),
                required("new_password", Kind.STRING),
                optional("sign_out_others", Kind.BOOLEAN));
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        try {
            passwords.changePassword(
                    caller.account().id(),
                    caller.token().grantId(),
                    text(message, "current_password"),
                    text(message, "new_password"),
                    flag(message, "sign_out_others", true));
            return null;
        } catch (UserException e) {
            throw CommandException.of(e);
        }
    }
}
