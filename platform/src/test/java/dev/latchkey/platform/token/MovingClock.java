package dev.latchkey.platform.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A moment, and what a test adds to it. */
final class MovingClock extends Clock {

    private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

    void advance(Duration by) {
        now = now.plus(by);
    }

    void set(Instant moment) {
        now = moment;
    }

    /** The same time as {@link System#nanoTime()} would tell it. */
    long nanoTime() {
        return Duration.between(Instant.parse("2026-01-01T00:00:00Z"), now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
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
