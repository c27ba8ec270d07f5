package dev.latchkey.flow.entry;

import java.time.Instant;

/**
 * How an entry fares.
 *
 * @param reason why it is in its state, for people; null when the state says it all
 * @param tries how many failed, one after the other
 * @param dueAt when it is tried or probed next; null: not by itself
 * @param refusedSince since when its credentials are known not to be accepted; null when they are
 * @param suspect whether somebody reported that, and a probe has to tell
 */
public record Life(EntryState state, String reason, int tries, Instant dueAt, Instant refusedSince, boolean suspect) {

    /** Returns the life of an entry that is to be set up. */
    public static Life waiting(Instant dueAt, Instant refusedSince) {
        return new Life(EntryState.NOT_LOADED, null, 0, dueAt, refusedSince, false);
    }

    /** Returns the same life in another state, for a reason or null. */
    public Life in(EntryState other, String why) {
        return new Life(other, why, tries, dueAt, refusedSince, suspect);
    }

    /** Returns the same life with another time of the next try. */
    public Life dueAt(Instant next) {
        return new Life(state, reason, tries, next, refusedSince, suspect);
    }
}
