package dev.latchkey.local.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.latchkey.embedded.Loopback;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/** A replica that answers with its name, and is ready when it is told to be. */
final class FakeReplica {
    final String name;
    final int port;
    final int managementPort;
    volatile boolean ready = true;
    volatile boolean silent;

    private final Vertx vertx;
    private final AtomicInteger healthChecks = new AtomicInteger();
    private HttpServer server;
    private HttpServer management;

    FakeReplica(Vertx vertx, String name) {
        this.vertx = vertx;
        this.name = name;
        var ports = Loopback.freePorts(2);
        port = ports.get(0);
        managementPort = ports.get(1);
    }

    void start() throws Exception {
        server = listen(port, this::answer);
        management = listen(managementPort, request -> {
            healthChecks.incrementAndGet();
            if (!silent) {
                request.response().setStatusCode(ready ? 200 : 503).end("{}");
            }
        });
    }

    void kill() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(5, SECONDS);
        management.close().toCompletionStage().toCompletableFuture().get(5, SECONDS);
    }

    /** How often it was asked whether it is ready. */
    int healthChecks() {
        return healthChecks.get();
    }

    private HttpServer listen(int at, io.vertx.core.Handler<HttpServerRequest> handler) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(at, Loopback.HOST)
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, SECONDS);
    }

    private void answer(HttpServerRequest request) {
        if ("websocket".equalsIgnoreCase(request.getHeader("upgrade"))) {
            request.toWebSocket().onSuccess(socket -> socket.writeTextMessage(name));
            return;
        }
        request.body()
                .onSuccess(body -> request.response()
                        .putHeader("x-forwarded-for", String.valueOf(request.getHeader("x-forwarded-for")))
                        .end(name + body));
    }
}
