package dev.latchkey.signing.issue;

import dev.latchkey.platform.http.BearerToken;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.services.ServicesConfig;
import dev.latchkey.platform.user.ContentUser;
import dev.latchkey.signing.caller.CallerVerdict;
import dev.latchkey.signing.caller.Callers;
import dev.latchkey.signing.link.Signer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Knows who may have a link made: whoever holds a live access token, as its user; and whoever holds the service credential alone,
 * as the user {@code Latchkey Content}, who may read and nothing else (decision S8). A link makes no further link (S5).
 */
@ApplicationScoped
class Signers {

    /** Who may, or may not. */
    sealed interface Who {}

    record May(Signer signer) implements Who {}

    enum MayNot implements Who {
        UNAUTHORIZED,
        UNAVAILABLE
    }

    private static final May CONTENT_USER = new May(new Signer(ContentUser.ID, ContentUser.GRANT_ID));

    private final Callers callers;
    private final RemoteAddress remoteAddress;
    private final Optional<String> servicesSecret;

    Signers(Callers callers, RemoteAddress remoteAddress, ServicesConfig services) {
        this.callers = callers;
        this.remoteAddress = remoteAddress;
        this.servicesSecret = services.secret();
    }

    /** Tells who asks; more than one {@code Authorization} header is none. */
    CompletionStage<Who> of(HttpServerRequest request) {
        List<String> authorization = request.headers().getAll("Authorization");
        String presented = authorization.size() == 1 ? BearerToken.of(authorization.getFirst()) : null;
        if (presented == null) {
            return CompletableFuture.completedFuture(MayNot.UNAUTHORIZED);
        }
        if (servicesSecret.filter(secret -> Secrets.equal(secret, presented)).isPresent()) {
            return CompletableFuture.completedFuture(CONTENT_USER);
        }
        return callers.bearer(presented, () -> remoteAddress.of(request)).thenApply(verdict -> switch (verdict) {
            case CallerVerdict.Live live ->
                new May(new Signer(live.caller().userId(), live.caller().grantId()));
            case CallerVerdict.Refused refused -> MayNot.UNAUTHORIZED;
            case CallerVerdict.Unknown unknown -> MayNot.UNAVAILABLE;
        });
    }
}
