package dev.latchkey.auth.http;

import dev.latchkey.auth.user.TooManySignInsException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what resources throw into answers: a stable sentence, never the internals. */
class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

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
    Response unexpected(Throwable e) {
        if (UnreadableForm.explains(e)) {
            return new Message("The form cannot be read").status(400);
        }
        if (DatabaseOutage.isBehind(e)) {
            LOG.warnf("A request failed because the database is away: %s", e.getMessage());
            return later("The database is away. Try again in a moment.");
        }
        LOG.error("A request failed unexpectedly", e);
        return new Message("Internal server error").status(500);
    }

    private static Response later(String message) {
        return Response.fromResponse(new Message(message).status(503))
                .header("Retry-After", 1)
                .build();
    }
}
