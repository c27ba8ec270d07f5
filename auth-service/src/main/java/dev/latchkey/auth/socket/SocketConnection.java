package dev.latchkey.auth.socket;

import dev.latchkey.auth.token.AccessToken;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The state of one connection. Messages are handled one after the other in the order in which they came; what waits is
 * bounded in number and size, and a client that sends without reading is cut off.
 */
class SocketConnection {

    private static final CloseReason NORMAL = new CloseReason(1000);
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);
    private static final int MOST_QUEUED_CHARACTERS = 4 * 1024 * 1024;

    private final WebSocketConnection transport;
    private final InetAddress address;
    private final int mostQueued;
    private final Queue<String> queue = new ArrayDeque<>();
    private int queuedCharacters;
    private boolean draining;

    private volatile AccessToken token;
    private volatile boolean closed;
    private volatile Thread handler;
    private volatile boolean closeAfterAnswer;
    private long lastId;

    SocketConnection(WebSocketConnection transport, InetAddress address, int mostQueued) {
        this.transport = transport;
        this.address = address;
        this.mostQueued = mostQueued;
    }

    InetAddress address() {
        return address;
    }

    /** Returns the access token that authenticated the connection; null before that. */
    AccessToken token() {
        return token;
    }

    void authenticated(AccessToken by) {
        token = by;
    }

    boolean closed() {
        return closed;
    }

    /** Returns the id of the last command; commands are handled one at a time, so only their thread calls this. */
    long lastId() {
        return lastId;
    }

    void consumeId(long id) {
        lastId = id;
    }

    /** Queues a message; the first one in an empty queue starts a thread that handles them until the queue is empty. */
    void received(String message, Executor executor, Consumer<String> handler) {
        synchronized (queue) {
            if (queue.size() >= mostQueued || queuedCharacters + message.length() > MOST_QUEUED_CHARACTERS) {
                close();
                return;
            }
            queue.add(message);
            queuedCharacters += message.length();
            if (draining) {
                return;
            }
            draining = true;
        }
        try {
            executor.execute(() -> drain(handler));
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private void drain(Consumer<String> handler) {
        this.handler = Thread.currentThread();
        for (String message = next(); message != null; message = next()) {
            handler.accept(message);
        }
    }

    private String next() {
        synchronized (queue) {
            String message = closed ? null : queue.poll();
            if (message == null) {
                queue.clear();
                queuedCharacters = 0;
                draining = false;
                handler = null;
            } else {
                queuedCharacters -= message.length();
            }
            return message;
        }
    }

    /** Sends and waits until the text is on its way; closes the connection when the other side does not take it. */
    void send(String text) {
        try {
            transport.sendText(text).await().atMost(LONGEST_SEND);
            if (closeAfterAnswer) {
                close();
            }
        } catch (RuntimeException e) {
            close();
        }
    }

    /** Sends without waiting, for the event loop. */
    void sendLater(String text) {
        transport.sendText(text).subscribe().with(sent -> {}, failure -> close());
    }

    /** Closes the connection with code 1000; does nothing when it is closed. */
    void close() {
        if (!closed) {
            closed = true;
            transport.close(NORMAL).subscribe().with(done -> {}, failure -> {});
        }
    }

    /**
     * Closes the connection because its grant was revoked: at once, or, when a command of this very connection revoked it,
     * after the answer to that command.
     */
    void revoked() {
        if (Thread.currentThread() == handler) {
            closeAfterAnswer = true;
        } else {
            close();
        }
    }

    void transportClosed() {
        closed = true;
    }
}
