package dev.latchkey.auth.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.Continued;
import jakarta.inject.Singleton;

/**
 * {@code config_entries/flow/subscribe} (W7): the open flows that nobody started by hand, before the answer, and then those that
 * begin and end.
 */
@Singleton
class SubscribeFlowsCommand extends ForwardedCommand {

    private final FlowServiceCalls flowService;
    private final ListJson json;
    private final LiveLists lists;

    SubscribeFlowsCommand(FlowServiceCalls flowService, ListJson json, LiveLists lists) {
        super("config_entries/flow/subscribe", true);
        this.flowService = flowService;
        this.json = json;
        this.lists = lists;
    }

    @Override
    public boolean subscribes() {
        return true;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        LiveList list = lists.open(caller.events(), new FlowListing(flowService, json));
        list.send(list.read(caller));
        return new Continued(null, list::goLive);
    }
}
