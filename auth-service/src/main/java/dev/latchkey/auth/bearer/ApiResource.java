package dev.latchkey.auth.bearer;

import dev.latchkey.platform.http.Message;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/}: tells the holder of a valid access token that it is one. */
@Path("/api/")
class ApiResource {

    private static final Message RUNNING = new Message("API running.");

    @GET
    @Authenticated
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    public Message running() {
        return RUNNING;
    }
}
