package dev.latchkey.auth.entry;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.inject.Singleton;

/** {@code config_entries/update} (W3): changes title and preferences of an entry. */
@Singleton
class UpdateEntryCommand extends ForwardedCommand {

    private final FlowServiceCalls flowService;

    UpdateEntryCommand(FlowServiceCalls flowService) {
        super(
                "config_entries/update",
                true,
                required("entry_id", Kind.STRING),
                optional("title", Kind.STRING),
                optional("pref_disable_new_entities", Kind.BOOLEAN),
                optional("pref_disable_polling", Kind.BOOLEAN));
        this.flowService = flowService;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        String target = Ids.path(ENTRIES, message, "entry_id") + "/update";
        return flowService.post(caller, target, Ids.without(message, "entry_id"));
    }
}
