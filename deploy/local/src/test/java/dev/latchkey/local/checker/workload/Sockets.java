package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import dev.latchkey.local.checker.workload.Calls.Reply;
import dev.latchkey.local.client.SocketClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sockets that clients hold open. On the first replica of auth-service they speak when their grant has died; on the others they say
 * nothing, so that it is not their own command which ends them.
 */
final class Sockets implements AutoCloseable {
    private static final int MOST_OPEN = 80;

    private final Calls calls;
    private final List<Held> held = new ArrayList<>();

    Sockets(Calls calls) {
        this.calls = calls;
    }

    /** One that is open, or was. */
    record Held(Grant grant, Replica at, SocketClient socket) {}

    /** Opens one on each replica of auth-service that lets it, unless there are many. */
    void open(Grant grant) {
        for (var auth : calls.of("auth")) {
            if (!full()) {
                try {
                    add(new Held(grant, auth, SocketClient.connect(auth.url(), grant.access())));
                } catch (IOException e) {
                    // The replica is away, which says nothing of sockets.
                }
            }
        }
    }

    private synchronized boolean full() {
        return held.stream().filter(one -> one.socket().end() == null).count() >= MOST_OPEN;
    }

    private synchronized void add(Held opened) {
        held.add(opened);
    }

    /** Those of a grant. */
    synchronized List<Held> of(Grant grant) {
        return held.stream()
                .filter(one -> one.grant().name().equals(grant.name()))
                .toList();
    }

    /** Those of a grant that speak. */
    List<Held> speaking(Grant grant) {
        var first = calls.of("auth").getFirst();
        return of(grant).stream().filter(one -> one.at().equals(first)).toList();
    }

    /** Sends a command over one; a close is a no. For one thread at a time. */
    Reply speak(Held one) {
        var start = System.nanoTime();
        Outcome outcome;
        try {
            var answer = one.socket().command(Map.of("type", "ping"));
            outcome = "pong".equals(answer.getString("type")) ? Outcome.OK : Outcome.UNKNOWN;
        } catch (IOException e) {
            outcome = one.socket().end() != null ? Outcome.REFUSED : Outcome.UNKNOWN;
        }
        return note(Kind.SPEAK, one, start, outcome);
    }

    /** Writes down how each has ended, and which have not. */
    synchronized void findEnds() {
        for (var one : held) {
            var end = one.socket().end();
            if (end == null) {
                note(Kind.HOLD, one, System.nanoTime(), Outcome.OK);
            } else {
                note(Kind.HOLD, one, end.at(), end.byTheServer() ? Outcome.REFUSED : Outcome.UNKNOWN);
            }
        }
    }

    private Reply note(Kind kind, Held one, long start, Outcome outcome) {
        var name = one.grant().name();
        var operation = new Operation(kind, name, one.at().name(), start, System.nanoTime(), outcome, null);
        calls.note(operation);
        return new Reply(operation, null);
    }

    @Override
    public synchronized void close() {
        held.forEach(one -> one.socket().close());
    }
}
