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

/** {@code config/auth_provider/homeassistant/create}: gives a user a username and password. */
@ApplicationScoped
class CreateCredentialCommand extends AdministrationCommand {

    private final PasswordProvider passwords;

    CreateCredentialCommand(PasswordProvider passwords) {
        this.passwords = passwords;
    }

    @Override
    public String type() {
        return "config/auth_provider/homeassistant/create";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                required("user_id", Kind.STRING), required("username", Kind.STRING), required("password", Kind.STRING));
    }

    @Override
    Object change(Caller caller, JsonNode message) {
        passwords.addCredential(text(message, "user_id"), text(message, "username"), text(message, "password"));
        return null;
    }
}
