package dev.latchkey.signing.boot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Which boots are alive, by what was announced. Time is what the topic says it is: a replica that has not been heard of for a
 * while, during which others were, is gone; when the topic itself is away, nobody is.
 *
 * <p>One thread writes; any number read.
 */
final class LivingBoots {

    /** More replicas than anybody runs; a flood of names cannot fill the memory. */
    private static final int MOST_REPLICAS = 1_000;

    private record Heard(Boot boot, BootKey key, long at) {}

    private final String masterSecret;
    private final long goneAfterMillis;
    private final Map<String, Heard> byReplica = new HashMap<>();
    private final BootKey own;
    private long now = Long.MIN_VALUE;
    private volatile Map<String, BootKey> keys;

    LivingBoots(String masterSecret, BootKey own, Duration goneAfter) {
        this.masterSecret = masterSecret;
        this.own = own;
        this.goneAfterMillis = goneAfter.toMillis();
        this.keys = Map.of(own.header(), own);
    }

    /** Returns the key whose tokens have this header; null when no living boot has it. The own boot is always alive. */
    BootKey withHeader(String header) {
        return keys.get(header);
    }

    /** Returns how many are alive, this one among them. */
    int count() {
        return keys.size();
    }

    /**
     * Takes note of an announcement.
     *
     * @param boot sound
     * @param at when the topic took it, in milliseconds since the epoch by the topic's clock
     */
    void heard(Boot boot, long at) {
        now = Math.max(now, at);
        Heard known = byReplica.get(boot.replica());
        if (boot.ended()) {
            if (known != null && known.boot().id().equals(boot.id())) {
                byReplica.remove(boot.replica());
            }
        } else if (known == null || boot.startedAt() >= known.boot().startedAt()) {
            boolean again = known != null && known.boot().id().equals(boot.id());
            BootKey key = again ? known.key() : BootKey.derive(masterSecret, boot.id());
            // The topic is read again after it was out of reach; what it said long ago makes nobody older.
            byReplica.put(boot.replica(), new Heard(boot, key, again ? Math.max(at, known.at()) : at));
        }
        forgetTheGone();
        publish();
    }

    private void forgetTheGone() {
        byReplica.values().removeIf(heard -> now - heard.at() > goneAfterMillis);
        Iterator<Heard> any = byReplica.values().iterator();
        while (byReplica.size() > MOST_REPLICAS) {
            any.next();
            any.remove();
        }
    }

    private void publish() {
        Map<String, BootKey> alive = new HashMap<>();
        byReplica.values().forEach(heard -> alive.put(heard.key().header(), heard.key()));
        alive.put(own.header(), own);
        keys = Map.copyOf(alive);
    }
}
