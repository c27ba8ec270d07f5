package dev.latchkey.local.checker.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits between two things that the checker does, where time itself is what is waited for. */
public final class Pause {

    private Pause() {}

    /** Returns after a time, or when the thread is interrupted. */
    public static void of(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        while (!Thread.currentThread().isInterrupted()) {
            var left = until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            // May end early for no reason.
            LockSupport.parkNanos(left);
        }
    }
}
