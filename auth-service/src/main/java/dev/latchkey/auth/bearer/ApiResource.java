package dev.latchkey.auth.bearer;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/}: tells the holder of a valid access token that it is one. */
@Path("/api/")
class ApiResource {

    private static final String RUNNING = "{\"message\":\"API running.\"}";

    @GET
    @Authenticated
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    public String running() {
        return RUNNING;
    }
}
