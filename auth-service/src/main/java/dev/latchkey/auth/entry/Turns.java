package dev.latchkey.auth.entry;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a number of calls go on at once, no more than half of them of one user, and the others wait in the order they came. */
final class Turns {

    private final Semaphore all;
    private final LoadingCache<String, Semaphore> ofUser;

    Turns(int atOnce) {
        this.all = new Semaphore(atOnce, true);
        this.ofUser = Caffeine.newBuilder().weakValues().build(user -> new Semaphore((atOnce + 1) / 2, true));
    }

    /** A turn, to be closed when it is over. */
    interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Waits for a turn.
     *
     * @param deadline of {@link System#nanoTime}
     * @return null when none came in time
     */
    Turn take(String userId, long deadline) throws InterruptedException {
        Semaphore own = ofUser.get(userId);
        if (!own.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        boolean taken = false;
        try {
            taken = all.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!taken) {
                own.release();
            }
        }
        return taken
                ? () -> {
                    all.release();
                    own.release();
                }
                : null;
    }
}
