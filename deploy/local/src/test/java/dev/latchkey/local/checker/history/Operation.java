package dev.latchkey.local.checker.history;

/**
 * One thing that a client asked for.
 *
 * @param kind what it was
 * @param subject what it was about, see {@link Kind}
 * @param at which process was asked
 * @param start by {@link System#nanoTime()}, before the first byte was sent
 * @param end by the same clock, after the last byte of the answer was read, or when the client gave up
 * @param outcome how it ended
 * @param result what came of it, see {@link Kind}; null when there is nothing to say
 */
public record Operation(Kind kind, String subject, String at, long start, long end, Outcome outcome, String result) {

    /** Whether the platform said yes. */
    public boolean ok() {
        return outcome == Outcome.OK;
    }

    /** Whether it may have happened. */
    public boolean maybe() {
        return outcome != Outcome.REFUSED;
    }
}
