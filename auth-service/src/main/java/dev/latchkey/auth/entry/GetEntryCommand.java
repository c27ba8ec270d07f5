package dev.latchkey.auth.entry;

import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.inject.Singleton;

/** {@code config_entries/get_single} (W2): one entry. */
@Singleton
class GetEntryCommand extends ForwardedCommand {

    private final FlowServiceCalls flowService;

    GetEntryCommand(FlowServiceCalls flowService) {
        super("config_entries/get_single", true, required("entry_id", Kind.STRING));
        this.flowService = flowService;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        return flowService.get(caller, Ids.path(ENTRIES, message, "entry_id"));
    }
}
