package dev.latchkey.flow.setup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.flow.entry.EntryJson;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.flow.entry.EntryViews;
import dev.latchkey.flow.setup.EntryControl.Changed;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.message.JsonBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Lets administrators remove, reload, change and disable entries ({@code spec/flows.md} 1.1 R2 and R3; W3 and W4 for the socket). */
@Path("/api/config/config_entries/entry/{entry_id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("system-admin")
@RunOnVirtualThread
class EntryControlResource {

    private static final String USER = "user";

    /** Whether only a restart completes what was asked for. */
    record Restart(@JsonProperty("require_restart") boolean required) {}

    record Update(
            @JsonProperty("config_entry") EntryJson entry,
            @JsonProperty("require_restart") boolean restart) {}

    private final EntryControl control;
    private final EntryViews views;

    EntryControlResource(EntryControl control, EntryViews views) {
        this.control = control;
        this.views = views;
    }

    @DELETE
    public Restart remove(@PathParam("entry_id") String entryId) {
        return new Restart(control.remove(entryId));
    }

    /** Takes an entry down and sets it up again; answers when that is done. The body is ignored. */
    @POST
    @Path("reload")
    public Restart reload(@PathParam("entry_id") String entryId) {
        EntryState state = control.reload(entryId);
        return new Restart(!state.recoverable());
    }

    /** Changes {@code title}, {@code pref_disable_new_entities} and {@code pref_disable_polling}. */
    @POST
    @Path("update")
    public Update update(@PathParam("entry_id") String entryId, String body) {
        JsonNode message = JsonBody.read(body, EntrySchemas.UPDATE);
        EntryUpdate update = EntryUpdate.nothing()
                .withTitle(title(message))
                .withNewEntitiesDisabled(flag(message, "pref_disable_new_entities"))
                .withPollingDisabled(flag(message, "pref_disable_polling"));
        Changed changed = control.update(entryId, update);
        return new Update(views.of(changed.entry()), changed.restart());
    }

    /** Disables an entry, {@code {"disabled_by": "user"}}, or enables it, {@code {"disabled_by": null}}. */
    @POST
    @Path("disable")
    public Restart disable(@PathParam("entry_id") String entryId, String body) {
        JsonNode by = JsonBody.read(body, EntrySchemas.DISABLE).get("disabled_by");
        if (!by.isNull() && !USER.equals(by.textValue())) {
            throw new MessageException(
                    400, "Message format incorrect: value must be one of ['user'] @ data['disabled_by']");
        }
        return new Restart(!control.disable(entryId, by.textValue()));
    }

    private static String title(JsonNode message) {
        String title = message.path("title").textValue();
        if (title != null && (title.isBlank() || title.length() > EntrySchemas.MOST_TITLE)) {
            throw new MessageException(400, "A title has 1 to " + EntrySchemas.MOST_TITLE + " characters");
        }
        return title;
    }

    private static Boolean flag(JsonNode message, String name) {
        return message.has(name) ? message.get(name).booleanValue() : null;
    }
}
