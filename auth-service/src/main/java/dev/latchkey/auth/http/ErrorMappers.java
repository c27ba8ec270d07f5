package dev.latchkey.auth.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.auth.user.TooManySignInsException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what resources throw into answers: a stable sentence, never the internals. */
class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private static final String TOKEN_ENDPOINT = "/auth/token";

    /** An error as clients of the token endpoint know it (RFC 6749 section 5.2). */
    record OAuthMessage(
            String error, @JsonProperty("error_description") String description) {}

    private final Unauthorized unauthorized;

    ErrorMappers(Unauthorized unauthorized) {
        this.unauthorized = unauthorized;
    }

    @ServerExceptionMapper
    Response message(MessageException e) {
        return new Message(e.getMessage()).status(e.status());
    }

    @ServerExceptionMapper
    Response tooManySignIns(TooManySignInsException e) {
        return later(e.getMessage());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(SecurityException e) {
        return unauthorized.response();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return new Message("Forbidden").status(403);
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e) {
        Response response = e.getResponse();
        if (response.hasEntity() || response.getStatus() < 400) {
            return response;
        }
        Response.StatusType status = response.getStatusInfo();
        return Response.fromResponse(response)
                .entity(new Message(status.getReasonPhrase()))
                .type("application/json")
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e, @Context HttpServerRequest request) {
        if (UnreadableForm.explains(e)) {
            return unreadableForm(request.path());
        }
        if (CutOffBody.explains(e)) {
            LOG.debug("A client did not finish its request", e);
            return new Message("The request broke off").status(400);
        }
        if (DatabaseOutage.isBehind(e)) {
            LOG.warnf("A request failed because the database is away: %s", e.getMessage());
            return later("The database is away. Try again in a moment.");
        }
        LOG.error("A request failed unexpectedly", e);
        return new Message("Internal server error").status(500);
    }

    private static Response unreadableForm(String path) {
        String problem = "The form cannot be read";
        return TOKEN_ENDPOINT.equals(path)
                ? Response.status(400)
                        .type("application/json")
                        .entity(new OAuthMessage("invalid_request", problem))
                        .build()
                : new Message(problem).status(400);
    }

    private static Response later(String message) {
        return Response.fromResponse(new Message(message).status(503))
                .header("Retry-After", 1)
                .build();
    }
}
