package dev.latchkey.signing.decision;

import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.signing.decision.Decision.Credential;
import dev.latchkey.signing.decision.Decision.Denied;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * {@code /authz/…}: answers gateways. Not a resource, because the Envoy dialect has every method there is, and paths that no
 * framework may decode, normalise or refuse before they are judged here. Runs on the event loop and blocks it never.
 */
@ApplicationScoped
class DecisionRoute {

    private static final Logger LOG = Logger.getLogger(DecisionRoute.class);

    /** Before everything that looks at a path or a method. */
    private static final int PRIORITY = 1_000;

    private static final String PREFIX = "/authz/";

    private final GatewaySecret gateways;
    private final Decider decider;
    private final DecisionAnswers answers;
    private final DecisionMetrics metrics;
    private final DecisionLog log;
    private final RemoteAddress remoteAddress;

    DecisionRoute(
            GatewaySecret gateways,
            Decider decider,
            DecisionAnswers answers,
            DecisionMetrics metrics,
            DecisionLog log,
            RemoteAddress remoteAddress) {
        this.gateways = gateways;
        this.decider = decider;
        this.answers = answers;
        this.metrics = metrics;
        this.log = log;
        this.remoteAddress = remoteAddress;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Dialect dialect = request.uri().startsWith(PREFIX) ? Dialect.of(request.uri()) : null;
        if (dialect == null) {
            context.next();
            return;
        }
        request.resume();
        Original original = dialect.original(request);
        CompletableFuture<Decision> decision = decide(original, request).toCompletableFuture();
        if (decision.isDone() && !decision.isCompletedExceptionally()) {
            answer(dialect, original, decision.join(), request);
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        decision.whenComplete((decided, failure) -> {
            if (failure != null) {
                LOG.error("A decision failed unexpectedly", failure);
            }
            Decision safe = failure == null ? decided : new Denied(Reason.UNAVAILABLE, Credential.NONE);
            loop.runOnContext(ignored -> answer(dialect, original, safe, request));
        });
    }

    private CompletionStage<Decision> decide(Original original, HttpServerRequest request) {
        if (!gateways.isGateway(request)) {
            return CompletableFuture.completedFuture(new Denied(Reason.GATEWAY_UNKNOWN, Credential.NONE));
        }
        try {
            return decider.decide(original, request.headers().getAll("Authorization"), () -> remoteAddress.of(request));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answer(Dialect dialect, Original original, Decision decision, HttpServerRequest request) {
        metrics.count(dialect, decision.reason());
        log.write(dialect, original, decision);
        answers.send(dialect, decision, request);
    }
}
