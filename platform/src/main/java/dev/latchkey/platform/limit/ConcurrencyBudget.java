package dev.latchkey.platform.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts what is in use, in all and for each of those who use it. Remembers only who uses something now. Thread-safe.
 *
 * @param <K> who uses something; compared by {@code equals}
 */
public final class ConcurrencyBudget<K> {

    private final Map<K, Integer> byUser = new HashMap<>();
    private int all;

    /**
     * Takes one, unless it were one too many. Whoever took it owes one {@link #giveBack}.
     *
     * @param user who takes it, not null
     * @param mostOfUser how many this user may have
     * @param mostOfAll how many there may be in all
     * @return whether it was taken
     */
    public synchronized boolean tryTake(K user, int mostOfUser, int mostOfAll) {
        if (!hasRoom(user, mostOfUser, mostOfAll)) {
            return false;
        }
        byUser.merge(user, 1, Integer::sum);
        all++;
        return true;
    }

    /** @return whether {@link #tryTake} would take one now */
    public synchronized boolean hasRoom(K user, int mostOfUser, int mostOfAll) {
        return all < mostOfAll && byUser.getOrDefault(user, 0) < mostOfUser;
    }

    /**
     * Gives one back.
     *
     * @throws IllegalStateException if this user has none
     */
    public synchronized void giveBack(K user) {
        Integer count = byUser.get(user);
        if (count == null) {
            throw new IllegalStateException("given back more than was taken");
        }
        if (count == 1) {
            byUser.remove(user);
        } else {
            byUser.put(user, count - 1);
        }
        all--;
    }

    /** @return how many are in use */
    public synchronized int inUse() {
        return all;
    }
}
