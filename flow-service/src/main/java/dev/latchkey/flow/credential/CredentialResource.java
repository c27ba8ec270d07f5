package dev.latchkey.flow.credential;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * {@code GET …/entry/{entry_id}/credentials}: what a worker needs, secrets in the clear. Only for the group of workers: an
 * administrator is not one. No cache keeps it: every answer of this service says {@code no-store}.
 */
@Path("/api/config/config_entries/entry/{entry_id}/credentials")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("system-integrations")
@RunOnVirtualThread
class CredentialResource {

    private final CredentialService credentials;

    CredentialResource(CredentialService credentials) {
        this.credentials = credentials;
    }

    @GET
    public Credentials read(@PathParam("entry_id") String entryId) {
        return credentials.read(entryId);
    }
}
