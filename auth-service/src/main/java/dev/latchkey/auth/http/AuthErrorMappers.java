package dev.latchkey.auth.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.auth.user.TooManySignInsException;
import dev.latchkey.platform.http.Message;
import dev.latchkey.platform.http.OwnAnswers;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what only auth-service fails with into answers. */
@ApplicationScoped
class AuthErrorMappers implements OwnAnswers {

    private static final String TOKEN_ENDPOINT = "/auth/token";

    /** An error as clients of the token endpoint know it (RFC 6749 section 5.2). */
    record OAuthMessage(
            String error, @JsonProperty("error_description") String description) {}

    @ServerExceptionMapper
    Response tooManySignIns(TooManySignInsException e) {
        return new Message(e.getMessage()).tryAgain();
    }

    @Override
    public Response to(Throwable failure, HttpServerRequest request) {
        if (!UnreadableForm.explains(failure)) {
            return null;
        }
        String problem = "The form cannot be read";
        return TOKEN_ENDPOINT.equals(request.path())
                ? Response.status(400)
                        .type("application/json")
                        .entity(new OAuthMessage("invalid_request", problem))
                        .build()
                : new Message(problem).status(400);
    }
}
