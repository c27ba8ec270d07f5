package dev.latchkey.auth.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.user.UserDetails;
import dev.latchkey.auth.user.UserService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code auth/current_user}: who the connection belongs to. */
@ApplicationScoped
class CurrentUserCommand implements SocketCommand {

    record CredentialView(
            @JsonProperty("auth_provider_type") String type,
            @JsonProperty("auth_provider_id") String id) {}

    record CurrentUser(
            String id,
            String name,
            @JsonProperty("is_owner") boolean owner,
            @JsonProperty("is_admin") boolean admin,
            List<CredentialView> credentials,
            @JsonProperty("mfa_modules") List<String> secondFactors) {}

    private final UserService users;

    CurrentUserCommand(UserService users) {
        this.users = users;
    }

    @Override
    public String type() {
        return "auth/current_user";
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        UserDetails user = users.find(caller.account().id())
                .orElseThrow(() -> new CommandException("not_found", "User not found"));
        return new CurrentUser(
                user.account().id(),
                user.account().name(),
                user.account().owner(),
                user.account().admin(),
                user.credentialTypes().stream()
                        .map(type -> new CredentialView(type, null))
                        .toList(),
                List.of());
    }
}
