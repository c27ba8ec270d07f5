package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.Life;
import java.time.Duration;
import java.time.Instant;

/**
 * From which state to which an entry goes ({@code spec/flows.md} 4.2 under decision F7). Pure: what it needs of time and chance, it is given.
 *
 * @param refusedRetest how often refused credentials are tried again; zero: never
 */
record LifeCycle(RetryPolicy retries, Duration refusedRetest) {

    /** Probes are spread over a fifth of their interval. */
    private static final double LEAST_SHARE = 0.9;

    private static final double SPREAD = 0.2;

    /** An entry begins to be set up. One that is loaded is only probed, and stays loaded while that lasts. */
    Life begun(Life life) {
        boolean probe = life.state() == EntryState.LOADED || life.state() == EntryState.SETUP_ERROR;
        return probe ? life : life.in(EntryState.SETUP_IN_PROGRESS, null);
    }

    /**
     * An entry was tried.
     *
     * @param probeInterval zero: it is not probed
     * @param random at least 0, less than 1
     */
    Life tried(Life life, SetUpOutcome outcome, Duration probeInterval, Instant now, double random) {
        return switch (outcome) {
            case SetUpOutcome.Loaded loaded ->
                new Life(EntryState.LOADED, null, 0, after(probeInterval, now, random), null, false);
            case SetUpOutcome.NotReady notReady ->
                new Life(
                        EntryState.SETUP_RETRY,
                        orNull(notReady.reason()),
                        life.tries() + 1,
                        now.plus(retries.wait(life.tries(), notReady.retryAfter(), random)),
                        life.refusedSince(),
                        life.suspect());
            case SetUpOutcome.AuthenticationFailed failed ->
                new Life(
                        EntryState.SETUP_ERROR,
                        or(failed.reason(), "could not authenticate"),
                        0,
                        after(refusedRetest, now, random),
                        life.refusedSince() == null ? now : life.refusedSince(),
                        false);
            case SetUpOutcome.ConfigurationError error ->
                new Life(
                        EntryState.SETUP_ERROR,
                        or(error.reason(), "Unknown fatal config entry error"),
                        0,
                        null,
                        life.refusedSince(),
                        false);
        };
    }

    /** The data of an entry is of a version that its integration cannot read: only a restart tries again. */
    Life notMigrated(Life life) {
        return new Life(EntryState.MIGRATION_ERROR, null, 0, null, life.refusedSince(), false);
    }

    /** An entry begins to be taken down. */
    Life unloading(Life life) {
        return life.in(EntryState.UNLOAD_IN_PROGRESS, null).dueAt(null);
    }

    /** An entry was taken down, or was not up. It is not tried again by itself. */
    Life unloaded(Life life) {
        return Life.waiting(null, life.refusedSince());
    }

    /** An entry could not be taken down: only a restart helps. */
    Life notUnloaded(Life life, String reason) {
        return new Life(EntryState.FAILED_UNLOAD, reason, 0, null, life.refusedSince(), false);
    }

    private static Instant after(Duration interval, Instant now, double random) {
        return interval.isZero() || interval.isNegative()
                ? null
                : now.plusMillis((long) (interval.toMillis() * (LEAST_SHARE + SPREAD * random)));
    }

    private static String or(String reason, String otherwise) {
        String text = orNull(reason);
        return text == null ? otherwise : text;
    }

    private static String orNull(String reason) {
        return reason == null || reason.isBlank() ? null : reason;
    }
}
