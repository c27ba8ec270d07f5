package dev.latchkey.auth.administration;

import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code config/auth/delete}: removes another user and ends all its grants. */
@ApplicationScoped
class DeleteUserCommand extends AdministrationCommand {

    private final UserService users;

    DeleteUserCommand(UserService users) {
        this.users = users;
    }

    @Override
    public String type() {
        return "config/auth/delete";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("user_id", Kind.STRING));
    }

    @Override
    Object change(Caller caller, JsonNode message) throws CommandException {
        String userId = text(message, "user_id");
        if (userId.equals(caller.account().id())) {
            throw new CommandException("no_delete_self", "Unable to delete your own account");
        }
        users.delete(userId);
        return null;
    }
}
