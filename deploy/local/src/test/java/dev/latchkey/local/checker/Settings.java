package dev.latchkey.local.checker;

import java.time.Duration;
import java.util.Random;

/**
 * How long and by which seed a run goes.
 *
 * @param time how long things are broken
 * @param seed by which things and clients are drawn
 */
record Settings(Duration time, long seed) {
    private static final Duration IN_CI = Duration.ofSeconds(75);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** How long clients work before the first thing is broken, and again when everything works again. */
    Duration calm() {
        return time.dividedBy(15);
    }

    /** Whether there is time for what is only likely. */
    boolean isLong() {
        return time.compareTo(LONG) >= 0;
    }

    /** Reads {@code latchkey.checker.minutes} and {@code latchkey.checker.seed}. */
    static Settings ofThisRun() {
        var minutes = System.getProperty("latchkey.checker.minutes", "");
        var seed = System.getProperty("latchkey.checker.seed", "");
        return new Settings(
                minutes.isBlank() ? IN_CI : Duration.ofMinutes(Long.parseLong(minutes)),
                seed.isBlank() ? new Random().nextInt(1_000_000) : Long.parseLong(seed));
    }
}
