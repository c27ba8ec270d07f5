package dev.latchkey.auth.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.user.UserService;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code config/auth/list}: every user. */
@ApplicationScoped
class ListUsersCommand extends AdministrationCommand {

    private final UserService users;

    ListUsersCommand(UserService users) {
        this.users = users;
    }

    @Override
    public String type() {
        return "config/auth/list";
    }

    @Override
    Object change(Caller caller, JsonNode message) {
        return users.list().stream().map(UserView::of).toList();
    }
}
