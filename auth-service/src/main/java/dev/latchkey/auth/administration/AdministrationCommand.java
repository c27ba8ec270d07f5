package dev.latchkey.auth.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.user.UserException;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What the commands of administrators have in common: who may call them, and how a refusal reads. */
abstract class AdministrationCommand implements SocketCommand {

    /** The refusals that clients show in the person's language, by their code. */
    private static final Set<String> TRANSLATED =
            Set.of("username_already_exists", "username_not_normalized", "user_not_found");

    @Override
    public boolean adminOnly() {
        return true;
    }

    @Override
    public final Object handle(Caller caller, JsonNode message) throws CommandException {
        try {
            return change(caller, message);
        } catch (UserException e) {
            throw TRANSLATED.contains(e.code()) ? CommandException.translated(e) : CommandException.of(e);
        }
    }

    abstract Object change(Caller caller, JsonNode message) throws CommandException;

    /** Returns the group ids of a checked message, or what to take when there are none. */
    static List<String> groups(JsonNode message, List<String> otherwise) {
        return message.has("group_ids")
                ? StreamSupport.stream(message.get("group_ids").spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList()
                : otherwise;
    }
}
