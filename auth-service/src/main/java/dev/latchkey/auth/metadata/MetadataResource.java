package dev.latchkey.auth.metadata;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.platform.http.Message;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Authorization server metadata (RFC 8414) and protected resource metadata (RFC 9728), decision A18. */
@Path("/.well-known")
@Produces(MediaType.APPLICATION_JSON)
class MetadataResource {

    private static final String DOCUMENTATION = "https://developers.home-assistant.io/docs/auth_api";
    private static final List<String> NONE = List.of("none");

    record AuthorizationServer(
            @JsonProperty("issuer") String issuer,
            @JsonProperty("authorization_endpoint") String authorizationEndpoint,
            @JsonProperty("token_endpoint") String tokenEndpoint,
            @JsonProperty("revocation_endpoint") String revocationEndpoint,
            @JsonProperty("introspection_endpoint") String introspectionEndpoint,
            @JsonProperty("jwks_uri") String jwksUri,
            @JsonProperty("response_types_supported") List<String> responseTypes,
            @JsonProperty("response_modes_supported") List<String> responseModes,
            @JsonProperty("grant_types_supported") List<String> grantTypes,

            @JsonProperty("code_challenge_methods_supported")
            List<String> codeChallengeMethods,

            @JsonProperty("token_endpoint_auth_methods_supported")
            List<String> tokenAuthMethods,

            @JsonProperty("revocation_endpoint_auth_methods_supported")
            List<String> revocationAuthMethods,

            @JsonProperty("authorization_response_iss_parameter_supported")
            boolean issParameter,

            @JsonProperty("client_id_metadata_document_supported")
            boolean clientIdMetadataDocument,

            @JsonProperty("service_documentation") String documentation) {}

    record ProtectedResource(
            @JsonProperty("resource") String resource,
            @JsonProperty("authorization_servers") List<String> authorizationServers,
            @JsonProperty("jwks_uri") String jwksUri,
            @JsonProperty("bearer_methods_supported") List<String> bearerMethods,
            @JsonProperty("resource_documentation") String documentation) {}

    private final PublicAddresses addresses;

    MetadataResource(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    @GET
    @Path("oauth-authorization-server")
    @NonBlocking
    public AuthorizationServer authorizationServer(@HeaderParam("Host") String host) {
        String prefix = addresses.forRequest(host);
        return new AuthorizationServer(
                prefix,
                prefix + "/auth/authorize",
                prefix + "/auth/token",
                prefix + "/auth/revoke",
                prefix + "/auth/introspect",
                prefix + "/.well-known/jwks.json",
                List.of("code"),
                List.of("query"),
                List.of("authorization_code", "refresh_token"),
                List.of("S256"),
                NONE,
                NONE,
                true,
                true,
                DOCUMENTATION);
    }

    @GET
    @Path("oauth-protected-resource")
    @NonBlocking
    public Response protectedResource(@HeaderParam("Host") String host) {
        return addresses
                .named(host)
                .map(prefix -> Response.ok(new ProtectedResource(
                                prefix,
                                List.of(prefix),
                                prefix + "/.well-known/jwks.json",
                                List.of("header"),
                                DOCUMENTATION))
                        .build())
                .orElseGet(() -> new Message("No URL available").status(404));
    }

    /** Leads password managers to where a password is changed. */
    @GET
    @Path("change-password")
    @NonBlocking
    public Response changePassword() {
        return Response.status(302).header("Location", "/auth/change-password").build();
    }
}
