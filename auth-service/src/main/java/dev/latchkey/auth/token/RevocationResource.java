package dev.latchkey.auth.token;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;

/** {@code POST /auth/revoke} (RFC 7009): always 200 with an empty body (decision A3). */
@Path("/auth/revoke")
@RunOnVirtualThread
class RevocationResource {

    private final GrantRevocation revocation;

    RevocationResource(GrantRevocation revocation) {
        this.revocation = revocation;
    }

    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response revoke(@RestForm List<String> token) {
        if (token != null) {
            token.stream().distinct().limit(1).forEach(revocation::revokeBySecret);
        }
        return Response.ok().build();
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response notAForm() {
        return Response.ok().build();
    }
}
