package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.time.Pause;
import dev.latchkey.local.checker.workload.Calls.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Grants that died: right after the death each is shown to every verifier until it is refused, and later again and again, because
 * nothing that is dead may come back, whatever breaks. Keeps the latest few hundred.
 */
final class Graveyard {
    private static final int MOST = 400;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration POLL_THE_DEAD = Duration.ofMillis(200);
    private static final Duration CHASE = Duration.ofSeconds(4);

    private final Calls calls;
    private final Grants grants;
    private final Sockets sockets;
    private final Pace pace;
    private final List<Grant> dead = new ArrayList<>();

    Graveyard(Calls calls, Grants grants, Sockets sockets, Pace pace) {
        this.calls = calls;
        this.grants = grants;
        this.sockets = sockets;
        this.pace = pace;
    }

    /** Shows grants that just died to everybody, until each has refused them. */
    void bury(Collection<Grant> died) {
        var chasing = new ArrayList<Thread>();
        for (var grant : died) {
            remember(grant);
            for (var socket : sockets.speaking(grant)) {
                chasing.add(Thread.ofVirtual().start(() -> chase(() -> sockets.speak(socket))));
            }
            for (var replica : calls.replicas()) {
                chasing.add(Thread.ofVirtual().start(() -> chase(() -> grants.verify(replica, grant))));
                if (replica.service().equals("signing") && grant.link() != null) {
                    chasing.add(Thread.ofVirtual().start(() -> chase(() -> grants.follow(replica, grant))));
                }
            }
        }
        try {
            for (var thread : chasing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remember(Grant grant) {
        synchronized (dead) {
            if (dead.size() == MOST) {
                dead.removeFirst();
            }
            dead.add(grant);
        }
    }

    private void chase(Supplier<Reply> show) {
        var until = System.nanoTime() + CHASE.toNanos();
        while (System.nanoTime() - until < 0 && !pace.stopped()) {
            switch (show.get().operation().outcome()) {
                case REFUSED -> {
                    return;
                }
                case OK -> Pause.of(POLL);
                case UNKNOWN -> Pause.of(POLL_THE_DEAD);
            }
        }
    }

    /** Shows all of them to everybody once more, when everything is over. */
    void showAll() {
        List<Grant> all;
        synchronized (dead) {
            all = List.copyOf(dead);
        }
        for (var grant : all) {
            sockets.of(grant).forEach(sockets::speak);
            for (var replica : calls.replicas()) {
                grants.verify(replica, grant);
                if (replica.service().equals("auth")) {
                    grants.refreshed(replica, grant);
                } else if (replica.service().equals("signing") && grant.link() != null) {
                    grants.follow(replica, grant);
                }
            }
        }
    }

    /** Shows one of them, any time after its death, to somebody. */
    void visit(Random random) {
        Grant grant;
        synchronized (dead) {
            if (dead.isEmpty()) {
                return;
            }
            grant = dead.get(random.nextInt(dead.size()));
        }
        var replica = calls.replicas().get(random.nextInt(calls.replicas().size()));
        switch (random.nextInt(10)) {
            case 0 -> grants.refreshed(any("auth", random), grant);
            case 1, 2 -> grants.forge(replica, grant);
            case 3, 4, 5 -> {
                if (grant.link() == null) {
                    grants.sign(any("signing", random), grant);
                } else {
                    grants.follow(any("signing", random), grant);
                }
            }
            default -> grants.verify(replica, grant);
        }
    }

    private Replica any(String service, Random random) {
        return calls.of(service).get(random.nextInt(calls.of(service).size()));
    }
}
