package dev.latchkey.platform.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says from the heartbeats up to which moment everything is known. Trusts no clock to agree with another: a heartbeat was said at
 * an unknown distance from this computer's clock, and the smallest distance ever seen is that of the quickest one. One that comes
 * with a larger distance is late by the difference, however it came late: while this process was frozen, or in a queue.
 *
 * <p>The first one has no other to be compared with. It counts when it was certainly said a moment ago, because everything was read
 * that had been said before that moment. When all look late for a while, as after the database's clock was set back, or when clocks
 * ran apart while nothing was heard, the next one is a first one again.
 *
 * <p>The smallest distance grows by a thousandth of the time that passes, because clocks run apart.
 */
final class Heartbeats {

    private static final long DRIFT = 1000;

    /** How much clocks may have run apart while nothing was heard, at most. */
    private static final long MOST_DRIFT = TimeUnit.MILLISECONDS.toNanos(100);

    /** How old the first one may be. */
    private static final long FIRST_WITHIN = TimeUnit.SECONDS.toNanos(1);

    /** For how long all may look late before one of them becomes the measure of the others. */
    private static final long LATE_FOR = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final long boundNanos;

    /** Guarded by this object, as what follows. */
    private boolean heard;

    private long smallestDistance;
    private long heardAt;

    /** Since when all look late; only meaningful when {@link #late}. */
    private long lateSince;

    private boolean late;

    /** By this computer's clock; everything that was revoked before it is known. */
    private volatile long knownUpTo;

    private volatile boolean any;

    /**
     * @param bound how far behind one may be and still decide
     * @param nanoTime a clock that never goes back and does not stop while this process does
     */
    Heartbeats(Duration bound, LongSupplier nanoTime) {
        this.boundNanos = bound.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Notes a heartbeat that was read just now.
     *
     * @param readUpTo everything was read that had been said before this moment, by this computer's clock
     * @return false when nothing follows from it, because it may have been said long ago: a later moment is needed
     */
    synchronized boolean heard(Instant asOf, long readUpTo) {
        long now = nanoTime.getAsLong();
        if (!heard && now - readUpTo > FIRST_WITHIN) {
            return false;
        }
        long said = TimeUnit.SECONDS.toNanos(asOf.getEpochSecond()) + asOf.getNano();
        long distance = now - said;
        if (heard) {
            smallestDistance += Math.min((now - heardAt) / DRIFT, MOST_DRIFT);
        }
        if (!heard || distance < smallestDistance) {
            smallestDistance = distance;
        }
        heardAt = now;
        long moment = said + smallestDistance;
        if (!heard || moment - knownUpTo > 0) {
            knownUpTo = moment;
        }
        heard = true;
        any = true;
        look(now, now - moment >= boundNanos);
        return true;
    }

    private void look(long now, boolean isLate) {
        if (isLate && !late) {
            lateSince = now;
        }
        late = isLate;
        if (late && now - lateSince > LATE_FOR) {
            forget();
        }
    }

    /** Forgets everything: what is known has to be learned anew. */
    synchronized void forget() {
        any = false;
        heard = false;
        late = false;
    }

    /** Tells whether everything is known up to a moment that is recent enough. Never blocks. */
    boolean recent() {
        return any && nanoTime.getAsLong() - knownUpTo < boundNanos;
    }

    /** Returns for how long nothing is known; a very long time when nothing was ever heard. */
    Duration behind() {
        return any ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - knownUpTo)) : Duration.ofDays(1);
    }
}
