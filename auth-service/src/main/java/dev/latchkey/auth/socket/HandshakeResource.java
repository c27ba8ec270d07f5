package dev.latchkey.auth.socket;

import dev.latchkey.platform.http.Message;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Answers a request to the socket's path that does not ask for an upgrade (RFC 6455 section 4.2.1). */
@Path("/api/websocket")
class HandshakeResource {

    @GET
    @NonBlocking
    public Response notAnUpgrade() {
        return new Message("This address speaks WebSocket only").status(400);
    }
}
