package dev.latchkey.flow.progress;

import dev.latchkey.flow.entry.Entries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/**
 * {@code POST …/entry/{entry_id}/reauth} starts the re-authentication of an entry, or returns the open one; a worker says in
 * {@code reason} why the credentials were refused (decision F8).
 */
@Path("/api/config/config_entries/entry/{entry_id}/reauth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
class ReauthResource {

    private final FlowService flows;
    private final Entries entries;

    ReauthResource(FlowService flows, Entries entries) {
        this.flows = flows;
        this.entries = entries;
    }

    @POST
    @RunOnVirtualThread
    @RolesAllowed({FlowResource.ADMINISTRATORS, "system-integrations"})
    public Map<String, Object> start(@PathParam("entry_id") String entryId, String body) {
        String reason = FlowRequests.reason(body);
        // First: it counts also when no flow can ask for new credentials.
        if (reason != null) {
            entries.reportRefused(entryId, reason);
        }
        return flows.reauthenticate(entryId);
    }
}
