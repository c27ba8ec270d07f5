package dev.latchkey.local.checker.cluster;

import dev.latchkey.embedded.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The way from one process to another: passes bytes on, unless it is cut, or takes them and passes none on. */
public final class Link implements AutoCloseable {
    private static final int CONNECT_MS = 1_000;
    private static final int BUFFER_BYTES = 16 * 1024;

    private enum State {
        OPEN,
        CUT,
        STALLED
    }

    private final String name;
    private final List<Integer> targets;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = State.OPEN;
    private volatile boolean closed;

    private Link(String name, List<Integer> targets, ServerSocket listening) {
        this.name = name;
        this.targets = targets;
        this.listening = listening;
    }

    /**
     * Opens a link.
     *
     * @param name for people
     * @param port where it listens, on 127.0.0.1
     * @param targets ports on 127.0.0.1; a connection goes to the first one that takes it
     */
    static Link open(String name, int port, Integer... targets) throws IOException {
        var link = new Link(name, List.of(targets), new ServerSocket(port, 128, InetAddress.getByName(Loopback.HOST)));
        Thread.ofVirtual().name(name).start(link::accept);
        return link;
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** Where it listens, on 127.0.0.1. */
    int port() {
        return listening.getLocalPort();
    }

    /** Resets every connection, and each new one, until it is healed. */
    public void cut() {
        enter(State.CUT);
        sockets.forEach(Link::reset);
    }

    /** Passes nothing on until it is healed, as if a cable had been pulled: nobody is told. */
    public void stall() {
        enter(State.STALLED);
    }

    /** Works again; what was held up goes on. */
    public void heal() {
        enter(State.OPEN);
    }

    private void enter(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                var client = listening.accept();
                if (state == State.CUT) {
                    reset(client);
                } else {
                    Thread.ofVirtual().name(name).start(() -> serve(client));
                }
            } catch (IOException e) {
                // Closed, or a client that was gone at once; which one the loop finds out.
                Objects.requireNonNull(e);
            }
        }
    }

    private void serve(Socket client) {
        sockets.add(client);
        try {
            awaitPassage();
            var server = connect();
            sockets.add(server);
            if (state == State.CUT) {
                reset(client);
                reset(server);
                return;
            }
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread.ofVirtual().name(name).start(() -> pump(server, client));
            pump(client, server);
        } catch (IOException | InterruptedException e) {
            reset(client);
        }
    }

    private Socket connect() throws IOException {
        var failure = new IOException(name + " leads nowhere");
        for (var target : targets) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(Loopback.HOST, target), CONNECT_MS);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            var input = from.getInputStream();
            var output = to.getOutputStream();
            for (var read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                awaitPassage();
                output.write(buffer, 0, read);
            }
            awaitPassage();
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                end(from, to);
            }
        } catch (IOException e) {
            // Whoever broke off on one side shall be noticed on the other.
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Socket... pair) throws IOException {
        for (var socket : pair) {
            sockets.remove(socket);
            socket.close();
        }
    }

    private void awaitPassage() throws InterruptedException, IOException {
        lock.lock();
        try {
            while (state == State.STALLED && !closed) {
                changed.await();
            }
            if (state == State.CUT || closed) {
                throw new IOException(name + " is cut");
            }
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try (Closeable closing = socket) {
            Objects.requireNonNull(closing);
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
            Objects.requireNonNull(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        enter(State.CUT);
        sockets.forEach(Link::reset);
        sockets.clear();
    }
}
