package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.time.Pause;
import dev.latchkey.local.client.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients that sign in, use what they get, and give it back or keep it. */
final class GrantClients {
    private static final int MOST_KEPT = 40;
    private static final int MOST_SAVED = 6;
    private static final int REVOKED_TOGETHER = 2;
    private static final int AT_ONCE = 3;
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Calls calls;
    private final Grants grants;
    private final Sockets sockets;
    private final Graveyard graveyard;
    private final Pace pace;
    private final Queue<Grant> kept = new ConcurrentLinkedQueue<>();
    private final Queue<Grant> saved = new ConcurrentLinkedQueue<>();

    GrantClients(Calls calls, Grants grants, Sockets sockets, Graveyard graveyard, Pace pace) {
        this.calls = calls;
        this.grants = grants;
        this.sockets = sockets;
        this.graveyard = graveyard;
        this.pace = pace;
    }

    void start() {
        pace.every(Duration.ofMillis(500), "revoker-1", this::signInUseAndRevoke);
        pace.every(Duration.ofMillis(900), "revoker-2", this::signInUseAndRevoke);
        pace.every(Duration.ofMillis(1_200), "racer", this::redeemAtOnce);
        pace.every(Duration.ofMillis(300), "keeper", this::keep);
        pace.every(Duration.ofMillis(400), "saver", this::save);
        pace.every(Duration.ofMillis(30), "visitor-1", graveyard::visit);
        pace.every(Duration.ofMillis(50), "visitor-2", graveyard::visit);
    }

    private void signInUseAndRevoke(Random random) {
        signInAndUse(random).ifPresent(used -> revoke(random, used));
    }

    private Optional<Grant> signInAndUse(Random random) {
        return signIn(random).map(grant -> {
            calls.replicas().forEach(replica -> grants.verify(replica, grant));
            sockets.open(grant);
            var used = grants.sign(any("signing", random), grant).orElse(grant);
            if (used.link() != null) {
                calls.of("signing").forEach(replica -> grants.follow(replica, used));
            }
            return used;
        });
    }

    /** Has grants ready for when it takes too long to make one. */
    private void save(Random random) {
        if (saved.size() < MOST_SAVED) {
            signInAndUse(random).ifPresent(saved::add);
        }
    }

    /** Takes back some that everybody has seen, while nobody has waited for it. */
    void revokeSaved() {
        for (int i = 0; i < REVOKED_TOGETHER; i++) {
            var grant = saved.poll();
            if (grant != null) {
                pace.once("revoker of " + grant.name(), random -> revoke(random, grant));
            }
        }
    }

    /** Until it is known that it is. */
    private void revoke(Random random, Grant grant) {
        while (!grants.revoke(any("auth", random), grant).ok()) {
            if (pace.stopped()) {
                return;
            }
            Pause.of(AGAIN);
        }
        graveyard.bury(List.of(grant));
    }

    private void redeemAtOnce(Random random) {
        var code = grants.code(any("auth", random), Api.USERNAME, Api.PASSWORD).orElse(null);
        if (code == null) {
            return;
        }
        var name = calls.name("c");
        var granted = new ConcurrentLinkedQueue<Grant>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < AT_ONCE; i++) {
            var at = calls.of("auth").get(i % calls.of("auth").size());
            threads.add(
                    Thread.ofVirtual().start(() -> grants.redeem(at, name, code).ifPresent(granted::add)));
        }
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Once more, so that it is used again for certain.
        grants.redeem(any("auth", random), name, code).ifPresent(granted::add);
        granted.forEach(grants::ends);
        graveyard.bury(granted);
    }

    private void keep(Random random) {
        if (kept.isEmpty() || kept.size() < MOST_KEPT && random.nextInt(8) == 0) {
            signIn(random).ifPresent(kept::add);
            return;
        }
        var grant = kept.poll();
        kept.add(grant);
        grants.refresh(any("auth", random), grant).ifPresent(fresh -> use(random, fresh));
    }

    private void use(Random random, Grant grant) {
        calls.replicas().forEach(replica -> grants.verify(replica, grant));
        if (random.nextInt(4) == 0) {
            var linked = grants.sign(any("signing", random), grant).orElse(grant);
            calls.replicas().forEach(replica -> grants.forge(replica, linked));
        }
    }

    private Optional<Grant> signIn(Random random) {
        return grants.signIn(any("auth", random), Api.USERNAME, Api.PASSWORD);
    }

    private Replica any(String service, Random random) {
        return calls.of(service).get(random.nextInt(calls.of(service).size()));
    }
}
