package dev.latchkey.auth.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.platform.http.Message;
import dev.latchkey.platform.http.Unauthorized;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;

/** {@code POST /auth/introspect} (RFC 7662; decision R4): what a token is worth by the authoritative row, for services. */
@Path("/auth/introspect")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class IntrospectionResource {

    /**
     * The answer; everything but {@code active} is null for a token that is worth nothing.
     *
     * @param expiry seconds since the epoch
     * @param issuedAt seconds since the epoch
     */
    @JsonInclude(Include.NON_NULL)
    record Introspection(
            @JsonProperty("active") boolean active,
            @JsonProperty("iss") String issuer,
            @JsonProperty("sub") String subject,
            @JsonProperty("username") String name,
            @JsonProperty("client_id") String clientId,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("exp") Long expiry,
            @JsonProperty("iat") Long issuedAt,
            @JsonProperty("jti") String tokenId,
            @JsonProperty("sid") String grantId,
            @JsonProperty("groups") List<String> groups) {

        static final Introspection INACTIVE =
                new Introspection(false, null, null, null, null, null, null, null, null, null, null);
    }

    /** The {@code token_type_hint} of a question about a grant of which only the id is known; nobody else uses it. */
    private static final String GRANT_ID = "latchkey_grant_id";

    private final IntrospectionService introspection;
    private final Unauthorized unauthorized;

    IntrospectionResource(IntrospectionService introspection, Unauthorized unauthorized) {
        this.introspection = introspection;
        this.unauthorized = unauthorized;
    }

    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response introspect(
            @HeaderParam("Authorization") String authorization,
            @RestForm List<String> token,
            @RestForm("token_type_hint") String hint) {
        if (!introspection.mayAsk(authorization)) {
            return unauthorized.response();
        }
        Introspection answer = token == null || token.size() != 1
                ? Introspection.INACTIVE
                : GRANT_ID.equals(hint)
                        ? introspection.introspectGrant(token.getFirst())
                        : introspection.introspect(token.getFirst());
        return Response.ok(answer).header("Cache-Control", "no-store").build();
    }

    /** The question is a form; who may not ask does not even learn that. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response notAForm(@HeaderParam("Authorization") String authorization) {
        return introspection.mayAsk(authorization)
                ? new Message("The question must be a form").status(415)
                : unauthorized.response();
    }
}
