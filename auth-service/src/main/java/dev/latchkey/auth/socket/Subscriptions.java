package dev.latchkey.auth.socket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subscriptions of one connection, by the ids of the commands that made them. Thread-safe. */
final class Subscriptions {

    /** A page of a real client has fewer than ten. */
    static final int MOST = 64;

    private final Map<Long, Subscription> byId = new HashMap<>();
    private boolean ended;

    /**
     * Adds one.
     *
     * @return false when it is one too many, or the connection has ended
     */
    synchronized boolean add(Subscription subscription) {
        if (ended || byId.size() >= MOST) {
            return false;
        }
        byId.put(subscription.id(), subscription);
        return true;
    }

    /** Ends one; returns false when there is none of this id. */
    boolean end(long id) {
        Subscription found;
        synchronized (this) {
            found = byId.remove(id);
        }
        if (found == null) {
            return false;
        }
        found.over();
        return true;
    }

    /** Ends all, and takes no other. */
    void endAll() {
        List<Subscription> all;
        synchronized (this) {
            ended = true;
            all = new ArrayList<>(byId.values());
            byId.clear();
        }
        all.forEach(Subscription::over);
    }
}
