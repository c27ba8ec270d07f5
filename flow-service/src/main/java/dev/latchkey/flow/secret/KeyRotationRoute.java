package dev.latchkey.flow.secret;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * {@code POST /q/latchkey/re-encrypt} on the management port, which no gateway routes: runs {@link KeyRotation} and answers
 * {@code {"reencrypted", "remaining"}}. Answers 409 while it runs already.
 */
@ApplicationScoped
class KeyRotationRoute {

    private static final Logger LOG = Logger.getLogger(KeyRotationRoute.class);

    private final KeyRotation rotation;
    private final ExecutorService virtualThreads;
    private final AtomicBoolean running = new AtomicBoolean();

    KeyRotationRoute(KeyRotation rotation, @VirtualThreads ExecutorService virtualThreads) {
        this.rotation = rotation;
        this.virtualThreads = virtualThreads;
    }

    void register(@Observes ManagementInterface management) {
        management.router().post("/q/latchkey/re-encrypt").handler(this::handle);
    }

    private void handle(RoutingContext context) {
        if (!running.compareAndSet(false, true)) {
            answer(context, 409, new JsonObject().put("message", "Secrets are being encrypted again already"));
            return;
        }
        virtualThreads.execute(() -> {
            try {
                KeyRotation.Rotation done = rotation.run();
                answer(
                        context,
                        200,
                        new JsonObject().put("reencrypted", done.reencrypted()).put("remaining", done.remaining()));
            } catch (RuntimeException e) {
                LOG.error("Secrets could not be encrypted again", e);
                answer(
                        context,
                        500,
                        new JsonObject().put("message", "Not every secret could be encrypted again; see the log"));
            } finally {
                running.set(false);
            }
        });
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
