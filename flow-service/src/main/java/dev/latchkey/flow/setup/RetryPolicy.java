package dev.latchkey.flow.setup;

import java.time.Duration;

/**
 * When an entry that was not ready is tried again: after {@code min(5·2^n, 600)} seconds, n being how many tries failed before, plus
 * 0.05 to 0.5 seconds so that not all come at once (decision F7). Pure.
 *
 * @param longestRetryAfter the most that a remote can demand
 */
record RetryPolicy(Duration longestRetryAfter) {

    private static final int FIRST_SECONDS = 5;
    private static final int LONGEST_SECONDS = 600;
    private static final int DOUBLINGS = 7;
    private static final int LEAST_JITTER_MILLIS = 50;
    private static final int JITTER_MILLIS = 450;

    /**
     * Returns how long to wait.
     *
     * @param failedBefore consecutive tries that failed before this one
     * @param retryAfter the least time that the remote demands; null when it does not
     * @param random at least 0, less than 1
     */
    Duration wait(int failedBefore, Duration retryAfter, double random) {
        Duration wait = Duration.ofSeconds(
                Math.min((long) FIRST_SECONDS << Math.min(Math.max(failedBefore, 0), DOUBLINGS), LONGEST_SECONDS));
        if (retryAfter != null) {
            Duration demanded = retryAfter.compareTo(longestRetryAfter) > 0 ? longestRetryAfter : retryAfter;
            wait = demanded.compareTo(wait) > 0 ? demanded : wait;
        }
        return wait.plusMillis(LEAST_JITTER_MILLIS + (long) (random * JITTER_MILLIS));
    }
}
