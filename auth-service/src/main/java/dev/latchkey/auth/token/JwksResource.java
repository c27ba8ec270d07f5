package dev.latchkey.auth.token;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /.well-known/jwks.json}: the keys with which verifiers check access tokens (RFC 7517 section 5). */
@Path("/.well-known/jwks.json")
class JwksResource {

    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    public Response jwks() {
        return Response.ok(keys.json())
                .header("Cache-Control", "public, max-age=300")
                .build();
    }
}
