package dev.latchkey.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The real time, or one moment of it, plus what a test adds. Tests put it back with {@link #reset()}. */
public class AdjustableClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;
    private volatile Instant stopped;

    /** Lets time pass. */
    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Lets no time pass but what the test adds. */
    public void stop() {
        stopped = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns to the real time. */
    public void reset() {
        stopped = null;
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        Instant from = stopped;
        return (from == null ? Instant.now() : from).plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalStateException("services keep time in UTC");
    }
}
