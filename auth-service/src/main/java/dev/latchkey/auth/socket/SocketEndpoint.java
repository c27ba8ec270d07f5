package dev.latchkey.auth.socket;

import dev.latchkey.auth.AuthConfig;
import io.quarkus.virtual.threads.VirtualThreads;
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
import java.util.concurrent.ExecutorService;

/**
 * {@code /api/websocket}. Its methods run on the event loop and only hand messages on; the queue of a {@link
 * SocketConnection} keeps their order, so the framework's own unbounded one is not used.
 */
@WebSocket(path = "/api/websocket", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class SocketEndpoint {

    private static final TypedKey<SocketConnection> CONNECTION = new TypedKey<>("latchkey.connection");

    private final SocketProtocol protocol;
    private final OpenSockets sockets;
    private final AuthConfig.Socket limits;
    private final ExecutorService virtualThreads;
    private final Vertx vertx;

    SocketEndpoint(
            SocketProtocol protocol,
            OpenSockets sockets,
            AuthConfig config,
            @VirtualThreads ExecutorService virtualThreads,
            Vertx vertx) {
        this.protocol = protocol;
        this.sockets = sockets;
        this.limits = config.socket();
        this.virtualThreads = virtualThreads;
        this.vertx = vertx;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection transport) {
        SocketConnection connection = new SocketConnection(
                transport, transport.userData().get(SocketUpgrade.CLIENT_ADDRESS), limits.maxQueuedMessages());
        transport.userData().put(CONNECTION, connection);
        sockets.opened(connection);
        connection.sendLater(protocol.greeting());
        vertx.setTimer(limits.authenticationTimeout().toMillis(), timer -> {
            if (connection.token() == null) {
                connection.close();
            }
        });
    }

    @OnTextMessage
    @NonBlocking
    void text(String message, WebSocketConnection transport) {
        SocketConnection connection = transport.userData().get(CONNECTION);
        connection.received(message, virtualThreads, text -> protocol.handle(connection, text));
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
}
