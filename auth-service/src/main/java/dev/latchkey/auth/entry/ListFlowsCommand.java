package dev.latchkey.auth.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.entry.FlowServiceCalls.HeldList;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import jakarta.inject.Singleton;

/** {@code config_entries/flow/progress} (W6): the open flows that nobody started by hand. */
@Singleton
class ListFlowsCommand extends ForwardedCommand {

    private final FlowServiceCalls flowService;
    private final ListJson lists;

    ListFlowsCommand(FlowServiceCalls flowService, ListJson lists) {
        super("config_entries/flow/progress", true);
        this.flowService = flowService;
        this.lists = lists;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        try (HeldList list = flowService.list(caller, FLOWS)) {
            return lists.announced(list.json());
        }
    }
}
