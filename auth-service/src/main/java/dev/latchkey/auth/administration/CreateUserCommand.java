package dev.latchkey.auth.administration;

import static dev.latchkey.platform.message.MessageSchema.flag;
import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code config/auth/create}: adds a user, who cannot sign in before getting a credential. */
@ApplicationScoped
class CreateUserCommand extends AdministrationCommand {

    private final UserService users;

    CreateUserCommand(UserService users) {
        this.users = users;
    }

    @Override
    public String type() {
        return "config/auth/create";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                required("name", Kind.STRING),
                optional("group_ids", Kind.STRINGS),
                optional("local_only", Kind.BOOLEAN));
    }

    @Override
    Object change(Caller caller, JsonNode message) {
        return new UserView.Holder(UserView.of(
                users.create(text(message, "name"), groups(message, List.of()), flag(message, "local_only", false))));
    }
}
