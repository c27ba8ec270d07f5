package dev.latchkey.local.supervision;

import java.time.Duration;

/** How long to wait before a dead process is started again: 250 ms, doubling to 5 s; not safe for threads to share. */
final class Backoff {
    static final Duration SHORTEST = Duration.ofMillis(250);
    static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration HEALTHY = Duration.ofSeconds(30);

    private Duration next = SHORTEST;

    /**
     * The wait after a process has died.
     *
     * @param lived how long it had been running; after half a minute the series begins anew
     */
    Duration afterLifeOf(Duration lived) {
        if (lived.compareTo(HEALTHY) >= 0) {
            next = SHORTEST;
        }
        var wait = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
