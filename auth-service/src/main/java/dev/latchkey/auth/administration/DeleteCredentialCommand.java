package dev.latchkey.auth.administration;

import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code config/auth_provider/homeassistant/delete}: takes a username and its password away. */
@ApplicationScoped
class DeleteCredentialCommand extends AdministrationCommand {

    private final PasswordProvider passwords;

    DeleteCredentialCommand(PasswordProvider passwords) {
        this.passwords = passwords;
    }

    @Override
    public String type() {
        return "config/auth_provider/homeassistant/delete";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("username", Kind.STRING));
    }

    @Override
    Object change(Caller caller, JsonNode message) {
        passwords.deleteCredential(text(message, "username"));
        return null;
    }
}
