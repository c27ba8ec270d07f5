package dev.latchkey.auth.socket;

import dev.latchkey.auth.AuthConfig;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code /api/websocket}. Its methods run on the event loop and only hand messages on; the queue of a {@link
 * SocketConnection} keeps their order, so the framework's own unbounded one is not used.
 */
@WebSocket(path = "/api/websocket", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class SocketEndpoint {

    private static final TypedKey<SocketConnection> CONNECTION = new TypedKey<>("latchkey.connection");
    private static final TypedKey<Long> DEADLINE = new TypedKey<>("latchkey.authentication-deadline");

    private final SocketProtocol protocol;
    private final OpenSockets sockets;
    private final AuthConfig.Socket limits;
    private final Vertx vertx;

    /**
     * Not the framework's executor for virtual threads: that one hands the Vert.x context of the event loop on, and with it
     * a request context that the event loop ends while the message is still being handled.
     */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("socket-", 0).factory());

    SocketEndpoint(SocketProtocol protocol, OpenSockets sockets, AuthConfig config, Vertx vertx) {
        this.protocol = protocol;
        this.sockets = sockets;
        this.limits = config.socket();
        this.vertx = vertx;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection transport) {
        SocketConnection connection = new SocketConnection(
                transport,
                transport.userData().get(SocketUpgrade.CLIENT_ADDRESS),
                limits.maxQueuedMessages(),
                limits.sendTimeout());
        transport.userData().put(CONNECTION, connection);
        if (!sockets.opened(connection)) {
            connection.turnAway();
            return;
        }
        connection.sendLater(protocol.greeting());
        long deadline = vertx.setTimer(limits.authenticationTimeout().toMillis(), timer -> {
            if (connection.token() == null) {
                connection.close();
            }
        });
        transport.userData().put(DEADLINE, deadline);
    }

    @OnTextMessage
    @NonBlocking
    void text(String message, WebSocketConnection transport) {
        SocketConnection connection = transport.userData().get(CONNECTION);
        connection.received(message, threads, text -> protocol.handle(connection, text));
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer message, WebSocketConnection transport) {
        transport.userData().get(CONNECTION).close();
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection transport) {
        SocketConnection connection = transport.userData().get(CONNECTION);
        if (connection != null) {
            connection.transportClosed();
            sockets.closed(connection);
        }
        Long deadline = transport.userData().get(DEADLINE);
        if (deadline != null) {
            vertx.cancelTimer(deadline);
        }
    }

    /** A frame or message over the limit, or a connection that broke: nothing to say, nobody to say it to. */
    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection transport) {
        SocketConnection connection = transport.userData().get(CONNECTION);
        if (connection != null) {
            connection.close();
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
