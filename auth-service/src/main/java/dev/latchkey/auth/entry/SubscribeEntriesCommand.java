package dev.latchkey.auth.entry;

import static dev.latchkey.platform.message.MessageSchema.optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.entry.Listing.HeldSnapshot;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.Continued;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.inject.Singleton;
import java.time.Clock;

/** {@code config_entries/subscribe} (W8): the entries, after the answer, and then what happens to them. */
@Singleton
class SubscribeEntriesCommand extends ForwardedCommand {

    private final FlowServiceCalls flowService;
    private final ListJson json;
    private final LiveLists lists;
    private final Clock clock;

    SubscribeEntriesCommand(FlowServiceCalls flowService, ListJson json, LiveLists lists, Clock clock) {
        super("config_entries/subscribe", false, optional("type_filter", Kind.STRING_OR_STRINGS));
        this.flowService = flowService;
        this.json = json;
        this.lists = lists;
        this.clock = clock;
    }

    @Override
    public boolean subscribes() {
        return true;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        Listing entries = new EntryListing(EntryQuery.of(message), flowService, json, clock);
        LiveList list = lists.open(caller.events(), entries);
        HeldSnapshot first = list.read(caller);
        return new Continued(null, () -> {
            list.send(first);
            list.goLive();
        });
    }
}
