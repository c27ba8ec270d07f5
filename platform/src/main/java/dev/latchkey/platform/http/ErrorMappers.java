package dev.latchkey.platform.http;

import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what resources throw into answers: a stable sentence, never the internals. */
class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private final Unauthorized unauthorized;
    private final List<OwnAnswers> ownAnswers;

    ErrorMappers(Unauthorized unauthorized, @All List<OwnAnswers> ownAnswers) {
        this.unauthorized = unauthorized;
        this.ownAnswers = ownAnswers;
    }

    @ServerExceptionMapper
    Response message(MessageException e) {
        Message body = new Message(e.getMessage());
        return e.status() == 503 ? body.tryAgain() : body.status(e.status());
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
        for (OwnAnswers own : ownAnswers) {
            Response answer = own.to(e, request);
            if (answer != null) {
                return answer;
            }
        }
        if (request.response().closed()) {
            // Nobody reads what this returns.
            LOG.debug("A client left before it had its answer", e);
            return new Message("The connection broke off").status(500);
        }
        if (CutOffBody.explains(e)) {
            LOG.debug("A client did not finish its request", e);
            return new Message("The request broke off").status(400);
        }
        if (DatabaseOutage.isBehind(e)) {
            LOG.warnf("A request failed because the database is away: %s", e.getMessage());
            return new Message("The database is away. Try again in a moment.").tryAgain();
        }
        LOG.error("A request failed unexpectedly", e);
        return new Message("Internal server error").status(500);
    }
}
