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
 * <p>The smallest distance grows by a thousandth of the time that passes, because clocks run apart. When the database's clock is
 * set back, everything looks late for a while, which is safe.
 */
final class Heartbeats {

    private static final long DRIFT = 1000;

    private final LongSupplier nanoTime;
    private final long boundNanos;

    /** Guarded by this object, as what follows. */
    private boolean heard;

    private long smallestDistance;
    private long heardAt;

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

    /** Notes a heartbeat that was read just now. */
    synchronized void heard(Instant asOf) {
        long now = nanoTime.getAsLong();
        long said = TimeUnit.SECONDS.toNanos(asOf.getEpochSecond()) + asOf.getNano();
        long distance = now - said;
        if (heard) {
            smallestDistance += (now - heardAt) / DRIFT;
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
    }

    /** Forgets everything: what is known has to be learned anew. */
    synchronized void forget() {
        any = false;
        heard = false;
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
