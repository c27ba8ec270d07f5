package dev.latchkey.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Answer;
import dev.latchkey.local.client.Api.Tokens;
import dev.latchkey.local.client.SocketClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Clients that go on whatever happens: one refreshes, one calls with a token that is known, one signs in and revokes, one holds
 * a socket. They note what they were told, so that it can be held against the platform later.
 */
final class BusyClients implements AutoCloseable {
    private static final long PAUSE_MILLIS = 40;

    /** A connection that broke or was refused. */
    private static final int NO_ANSWER = 0;

    private final Api api;
    private final Tokens own;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Queue<Integer>> statuses = new ConcurrentHashMap<>();
    private final Map<String, Long> lastSuccess = new ConcurrentHashMap<>();
    private final Queue<String> bodiesOfErrors = new ConcurrentLinkedQueue<>();
    private final Queue<Tokens> granted = new ConcurrentLinkedQueue<>();
    private final Queue<Tokens> revoked = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private BusyClients(Api api, Tokens own) {
        this.api = api;
        this.own = own;
    }

    /** Starts them with what a sign-in ended in. */
    static BusyClients start(Api api, Tokens own) {
        var clients = new BusyClients(api, own);
        clients.repeat("refresh", clients::refresh);
        clients.repeat("call", () -> clients.note("call", api.get("/api/", own.access())));
        clients.repeat("sign in", clients::signInAndMaybeRevoke);
        clients.repeat("socket", clients::holdASocket);
        return clients;
    }

    /** Tells whether every one of them had success after a moment. */
    boolean allWellSince(long nanoTime) {
        return Stream.of("refresh", "call", "call with a new token", "sign in", "revoke", "socket")
                .map(lastSuccess::get)
                .allMatch(success -> success != null && success - nanoTime > 0);
    }

    /** How often each saw each status; 0 stands for a connection that broke. */
    Map<String, Map<Integer, Long>> seen() {
        var seen = new TreeMap<String, Map<Integer, Long>>();
        statuses.forEach((name, queue) -> {
            var counts = new TreeMap<Integer, Long>();
            queue.forEach(status -> counts.merge(status, 1L, Long::sum));
            seen.put(name, counts);
        });
        return seen;
    }

    /** Nobody was told anything but success or to come again later. */
    void assertNobodyWasMisled() {
        for (var client : seen().entrySet()) {
            assertThat(client.getValue().keySet())
                    .as("%s: %s\n%s", client.getKey(), seen(), bodiesOfErrors)
                    .isSubsetOf(NO_ANSWER, 200, 502, 503);
        }
    }

    /** Whatever was granted still works, and whatever was revoked does not. */
    void assertEveryPromiseIsKept() throws IOException {
        assertThat(granted).isNotEmpty();
        assertThat(revoked).isNotEmpty();
        for (var tokens : granted) {
            assertThat(api.get("/api/", tokens.access()).status()).isEqualTo(200);
            assertThat(api.refresh(tokens.refresh()).status()).isEqualTo(200);
        }
        for (var tokens : revoked) {
            assertThat(api.get("/api/", tokens.access()).status()).isEqualTo(401);
            assertThat(api.refresh(tokens.refresh()).body()).contains("invalid_grant");
        }
    }

    /** Tells them to stop, and waits until the last one has. */
    void stop() {
        closed = true;
        try {
            for (var thread : threads) {
                thread.join(30_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void refresh() throws IOException {
        var refreshed = note("refresh", api.refresh(own.refresh()));
        if (refreshed.status() == 200) {
            // A token that the service has not seen, so that it has to look at the database.
            note("call with a new token", api.get("/api/", refreshed.json().getString("access_token")));
        }
    }

    private void signInAndMaybeRevoke() throws IOException {
        var begun = note("begin", api.beginSignIn());
        if (begun.status() != 200) {
            return;
        }
        var finished = note("finish", api.finishSignIn(begun.json().getString("flow_id")));
        if (finished.status() != 200) {
            return;
        }
        var redeemed = note("sign in", api.redeem(finished.json().getString("result")));
        if (redeemed.status() != 200) {
            return;
        }
        var tokens = Api.tokens(redeemed);
        if (granted.size() <= revoked.size()) {
            granted.add(tokens);
        } else if (note("revoke", api.revoke(tokens.refresh())).status() == 200) {
            revoked.add(tokens);
        }
    }

    private void holdASocket() throws IOException {
        var refreshed = api.refresh(own.refresh());
        if (refreshed.status() != 200) {
            return;
        }
        try (var socket = SocketClient.connect(api.url(), refreshed.json().getString("access_token"))) {
            while (!closed) {
                var pong = socket.command(Map.of("type", "ping"));
                note("socket", pong.getString("type").equals("pong") ? 200 : 500, pong.encode());
                pause();
            }
        } catch (SocketClient.RefusedException e) {
            note("socket", 401, "auth_invalid");
        }
    }

    private Answer note(String name, Answer answer) {
        note(name, answer.status(), answer.body());
        return answer;
    }

    private void note(String name, int status, String body) {
        statuses.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>()).add(status);
        if (status == 200) {
            lastSuccess.put(name, System.nanoTime());
        } else if (status >= 400 && status != 503) {
            bodiesOfErrors.add(name + " " + status + " " + body);
        }
    }

    private void repeat(String name, Attempt attempt) {
        threads.add(Thread.ofVirtual().start(() -> {
            while (!closed) {
                try {
                    attempt.make();
                } catch (IOException e) {
                    note(name, NO_ANSWER, "");
                }
                pause();
            }
        }));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void make() throws IOException;
    }
}
