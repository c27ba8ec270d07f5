package dev.latchkey.auth.entry;

import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.inject.Singleton;

/** {@code config_entries/ignore_flow} (W5): ends a flow and sees to it that what it is about is not offered again. */
@Singleton
class IgnoreFlowCommand extends ForwardedCommand {

    private final FlowServiceCalls flowService;

    IgnoreFlowCommand(FlowServiceCalls flowService) {
        super("config_entries/ignore_flow", true, required("flow_id", Kind.STRING), required("title", Kind.STRING));
        this.flowService = flowService;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        String target = Ids.path(FLOWS, message, "flow_id") + "/ignore";
        flowService.post(caller, target, Ids.without(message, "flow_id"));
        return null;
    }
}
