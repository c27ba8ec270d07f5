package dev.latchkey.auth.administration;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code config/auth/update}: changes what is given of a user; deactivating one ends all its grants. */
@ApplicationScoped
class UpdateUserCommand extends AdministrationCommand {

    private final UserService users;

    UpdateUserCommand(UserService users) {
        this.users = users;
    }

    @Override
    public String type() {
        return "config/auth/update";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                required("user_id", Kind.STRING),
                optional("name", Kind.STRING),
                optional("is_active", Kind.BOOLEAN),
                optional("group_ids", Kind.STRINGS),
                optional("local_only", Kind.BOOLEAN));
    }

    @Override
    Object change(Caller caller, JsonNode message) {
        UserChange change = new UserChange(
                text(message, "name"),
                message.has("is_active") ? message.get("is_active").booleanValue() : null,
                groups(message, null),
                message.has("local_only") ? message.get("local_only").booleanValue() : null);
        return new UserView.Holder(UserView.of(users.update(text(message, "user_id"), change)));
    }
}
