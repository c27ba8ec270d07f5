package dev.latchkey.auth.entry;

import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.inject.Singleton;

/** {@code config_entries/disable} (W4): disables an entry, or enables it. */
@Singleton
class DisableEntryCommand extends ForwardedCommand {

    private static final String USER = "user";

    private final FlowServiceCalls flowService;

    DisableEntryCommand(FlowServiceCalls flowService) {
        super(
                "config_entries/disable",
                true,
                required("entry_id", Kind.STRING),
                required("disabled_by", Kind.NULLABLE_STRING));
        this.flowService = flowService;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        JsonNode by = message.get("disabled_by");
        if (!by.isNull() && !USER.equals(by.textValue())) {
            throw new CommandException(
                    "invalid_format", "value must be one of ['user'] for dictionary value @ data['disabled_by']");
        }
        String target = Ids.path(ENTRIES, message, "entry_id") + "/disable";
        return flowService.post(caller, target, Ids.without(message, "entry_id"));
    }
}
