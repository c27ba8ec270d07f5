package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import dev.latchkey.local.checker.time.Pause;
import dev.latchkey.local.client.SocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An administrator who makes users, and deletes or deactivates every other one while they are signed in. */
final class UserClients {
    private static final String PASSWORD = "correct battery";
    private static final int MOST_KEPT = 20;
    private static final int TRIES = 10;
    private static final Duration AGAIN = Duration.ofMillis(300);

    private final Calls calls;
    private final Grants grants;
    private final Sockets sockets;
    private final Graveyard graveyard;
    private final Administrator owner;
    private final Pace pace;
    private final Queue<String> kept = new ConcurrentLinkedQueue<>();

    UserClients(Calls calls, Grants grants, Sockets sockets, Graveyard graveyard, Administrator owner, Pace pace) {
        this.calls = calls;
        this.grants = grants;
        this.sockets = sockets;
        this.graveyard = graveyard;
        this.owner = owner;
        this.pace = pace;
    }

    void start() {
        pace.every(Duration.ofSeconds(2), "administrator", this::makeAndMaybeEnd);
    }

    private void makeAndMaybeEnd(Random random) {
        var name = calls.name("user");
        var at = any(random);
        var made = command(
                Kind.MAKE_USER,
                name,
                at,
                List.of(
                        Map.of("type", "config/auth/create", "name", name, "group_ids", List.of("system-users")),
                        Map.of(
                                "type",
                                "config/auth_provider/homeassistant/create",
                                "username",
                                name,
                                "password",
                                PASSWORD)));
        if (!made.ok()) {
            return;
        }
        if (random.nextBoolean() && kept.size() < MOST_KEPT) {
            kept.add(name);
            return;
        }
        var signedIn = new ArrayList<Grant>();
        for (var replica : calls.of("auth")) {
            grants.signIn(replica, name, PASSWORD)
                    .map(grant ->
                            grants.sign(calls.of("signing").getFirst(), grant).orElse(grant))
                    .ifPresent(signedIn::add);
        }
        for (var grant : signedIn) {
            calls.replicas().forEach(replica -> grants.verify(replica, grant));
            sockets.open(grant);
        }
        signedIn.forEach(grants::ends);
        var id = made.result();
        if (random.nextBoolean()) {
            end(random, Kind.REMOVE_USER, name, Map.of("type", "config/auth/delete", "user_id", id), signedIn);
        } else {
            end(random, Kind.DEACTIVATE_USER, name, active(id, false), signedIn);
            // What died stays dead, which the graveyard goes on to look at.
            command(Kind.ACTIVATE_USER, name, any(random), List.of(active(id, true)));
        }
    }

    private static Map<String, Object> active(String id, boolean active) {
        return Map.of("type", "config/auth/update", "user_id", id, "is_active", active);
    }

    /** Until it is known that the user's grants have ended. */
    private void end(Random random, Kind kind, String name, Map<String, Object> command, List<Grant> signedIn) {
        while (true) {
            var at = any(random);
            var ended = command(kind, name, at, List.of(command));
            for (var grant : signedIn) {
                calls.note(new Operation(
                        Kind.REVOKE, grant.name(), at.name(), ended.start(), ended.end(), ended.outcome(), null));
            }
            if (ended.ok()) {
                graveyard.bury(signedIn);
                return;
            }
            if (pace.stopped() || ended.outcome() == Outcome.REFUSED) {
                return;
            }
            Pause.of(AGAIN);
        }
    }

    /** Commands that belong together; the user's id, which the first one returns, is given to the others. */
    private Operation command(Kind kind, String name, Replica at, List<Map<String, Object>> commands) {
        var start = System.nanoTime();
        var outcome = Outcome.UNKNOWN;
        String id = null;
        try (var socket = SocketClient.connect(at.url(), owner.access())) {
            for (var command : commands) {
                var message = new HashMap<>(command);
                if (id != null) {
                    message.put("user_id", id);
                }
                var answer = socket.command(message);
                if (!answer.getBoolean("success")) {
                    outcome = Outcome.REFUSED;
                    break;
                }
                outcome = Outcome.OK;
                id = id == null ? id(answer) : id;
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            // No answer, or the end of the socket instead of one: it may have happened or not.
            outcome = Outcome.UNKNOWN;
        }
        var operation = new Operation(kind, name, at.name(), start, System.nanoTime(), outcome, id);
        calls.note(operation);
        return operation;
    }

    private static String id(JsonObject answer) {
        return answer.getValue("result") instanceof JsonObject result && result.containsKey("user")
                ? result.getJsonObject("user").getString("id")
                : null;
    }

    /** Signs in as each of the users that were kept, when everything is over. */
    void findKept() {
        for (var name : kept) {
            var at = calls.of("auth").getFirst();
            var start = System.nanoTime();
            var code = grants.code(at, name, PASSWORD);
            for (int i = 0; i < TRIES && code.isEmpty(); i++) {
                Pause.of(AGAIN);
                code = grants.code(at, name, PASSWORD);
            }
            calls.note(new Operation(
                    Kind.FIND_USER,
                    name,
                    at.name(),
                    start,
                    System.nanoTime(),
                    code.isPresent() ? Outcome.OK : Outcome.REFUSED,
                    null));
        }
    }

    private Replica any(Random random) {
        return calls.of("auth").get(random.nextInt(calls.of("auth").size()));
    }
}
