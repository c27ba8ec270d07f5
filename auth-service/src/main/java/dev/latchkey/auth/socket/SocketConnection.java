package dev.latchkey.auth.socket;

import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The state of one connection. Messages are handled one after the other in the order in which they came. What waits is
 * bounded in number and size, to little more than one authentication before it and to a few messages of the largest size
 * after it, and a client that sends without reading is cut off. Every method may be called by any thread.
 */
class SocketConnection {

    private static final CloseReason NORMAL = new CloseReason(1000);
    private static final CloseReason TRY_AGAIN_LATER = new CloseReason(1013);
    private static final int MOST_QUEUED_CHARACTERS = 512 * 1024;
    private static final int MOST_QUEUED_CHARACTERS_OF_STRANGERS = 16 * 1024;

    private final WebSocketConnection transport;
    private final ClientAddress client;
    private final int mostQueued;
    private final Duration longestSend;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Subscriptions subscriptions = new Subscriptions();
    private final Semaphore roomForWaiting = new Semaphore(WaitingCommands.MOST_OF_ONE);

    /** One message at a time: the frames of two long ones would mix. */
    private final ReentrantLock sending = new ReentrantLock();

    /** Guards itself and the two fields that follow it. */
    private final Queue<String> queue = new ArrayDeque<>();

    private int queuedCharacters;
    private boolean draining;

    private volatile AccessToken token;
    private volatile boolean outlivesToken;
    private volatile Thread handler;
    private volatile boolean closeAfterAnswer;
    private volatile long lastId;

    SocketConnection(WebSocketConnection transport, ClientAddress client, int mostQueued, Duration longestSend) {
        this.transport = transport;
        this.client = client;
        this.mostQueued = mostQueued;
        this.longestSend = longestSend;
    }

    ClientAddress client() {
        return client;
    }

    /** Returns the access token that authenticated the connection; null before that. */
    AccessToken token() {
        return token;
    }

    void authenticated(AccessToken by) {
        token = by;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Holds a permit for each further command that may wait for another service. */
    Semaphore roomForWaiting() {
        return roomForWaiting;
    }

    /** Tells whether it is known that the connection goes on when its access token has expired. */
    boolean outlivesToken() {
        return outlivesToken;
    }

    void outliveToken() {
        outlivesToken = true;
    }

    boolean closed() {
        return closed.get();
    }

    /** Returns the id of the last command; 0 before the first. */
    long lastId() {
        return lastId;
    }

    void consumeId(long id) {
        lastId = id;
    }

    /** Queues a message; the first one in an empty queue starts a thread that handles them until the queue is empty. */
    void received(String message, Executor executor, Consumer<String> handle) {
        synchronized (queue) {
            if (closed()) {
                return;
            }
            if (queue.size() >= mostQueued || queuedCharacters + message.length() > mostQueuedCharacters()) {
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
            executor.execute(() -> drain(handle));
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private int mostQueuedCharacters() {
        return token == null ? MOST_QUEUED_CHARACTERS_OF_STRANGERS : MOST_QUEUED_CHARACTERS;
    }

    private void drain(Consumer<String> handle) {
        handler = Thread.currentThread();
        boolean emptied = false;
        try {
            for (String message = next(); message != null; message = next()) {
                handle.accept(message);
            }
            emptied = true;
        } finally {
            if (!emptied) {
                close();
            }
        }
    }

    private String next() {
        synchronized (queue) {
            String message = queue.poll();
            if (message == null) {
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
        sending.lock();
        try {
            if (closed()) {
                return;
            }
            transport.sendText(text).await().atMost(longestSend);
        } catch (RuntimeException e) {
            close();
        } finally {
            sending.unlock();
        }
        if (closeAfterAnswer && Thread.currentThread() == handler) {
            close();
        }
    }

    /** Sends without waiting, for the event loop. */
    void sendLater(String text) {
        transport.sendText(text).subscribe().with(sent -> {}, failure -> close());
    }

    /** Closes the connection with code 1000; does nothing when it is closed. */
    void close() {
        close(NORMAL);
    }

    /** Closes the connection because it cannot be served now; the client may come back later. */
    void turnAway() {
        close(TRY_AGAIN_LATER);
    }

    private void close(CloseReason reason) {
        if (end()) {
            transport.close(reason).subscribe().with(done -> {}, failure -> {});
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

    /** Notes that the transport is closed, whoever closed it. */
    void transportClosed() {
        end();
    }

    /** What still waits is never handled. Returns false when the connection had ended before. */
    private boolean end() {
        boolean first;
        synchronized (queue) {
            queue.clear();
            queuedCharacters = 0;
            first = closed.compareAndSet(false, true);
        }
        subscriptions.endAll();
        return first;
    }
}
