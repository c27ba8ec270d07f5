package dev.latchkey.auth.entry;

import static dev.latchkey.platform.message.MessageSchema.optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.latchkey.auth.entry.FlowServiceCalls.HeldList;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.Continued;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** {@code config_entries/get} (W1): the entries. */
@Singleton
class ListEntriesCommand extends ForwardedCommand {

    private final FlowServiceCalls flowService;

    ListEntriesCommand(FlowServiceCalls flowService) {
        super(
                "config_entries/get",
                false,
                optional("type_filter", Kind.STRING_OR_STRINGS),
                optional("domain", Kind.STRING));
        this.flowService = flowService;
    }

    /** Passes the list on as it is: it can be megabytes. */
    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        HeldList list = flowService.list(caller, EntryQuery.of(message).target());
        return new Continued(new RawValue(new String(list.json(), StandardCharsets.UTF_8)), list::close);
    }
}
