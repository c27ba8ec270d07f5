package dev.latchkey.platform.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The answer to a request without a valid access token (RFC 6750 section 3, RFC 9728 section 5.1; decision A13). */
@ApplicationScoped
public class Unauthorized {

    private final String challenge;

    Unauthorized(@ConfigProperty(name = "latchkey.auth.issuer") URI issuer) {
        challenge = "Bearer resource_metadata=\"" + issuer + "/.well-known/oauth-protected-resource\"";
    }

    /** Returns the value of {@code WWW-Authenticate}. */
    public String challenge() {
        return challenge;
    }

    /** Returns the whole answer. */
    public Response response() {
        return Response.fromResponse(new Message("Unauthorized").status(401))
                .header("WWW-Authenticate", challenge)
                .build();
    }
}
