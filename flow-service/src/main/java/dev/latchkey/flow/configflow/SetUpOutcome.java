package dev.latchkey.flow.configflow;

import java.time.Duration;

/** What came of trying an entry (decision F7). Reasons are for people; no secret may be in one. */
public sealed interface SetUpOutcome {

    /** It works. */
    record Loaded() implements SetUpOutcome {}

    /**
     * It does not work now, but may later: it is tried again.
     *
     * @param reason null when there is nothing to say
     * @param retryAfter the least time until the next try, as the remote demands; null when it does not
     */
    record NotReady(String reason, Duration retryAfter) implements SetUpOutcome {

        public NotReady(String reason) {
            this(reason, null);
        }
    }

    /** The remote refuses the credentials: somebody has to give new ones. Never for an outage. */
    record AuthenticationFailed(String reason) implements SetUpOutcome {}

    /** It cannot work as it is configured; no retry. */
    record ConfigurationError(String reason) implements SetUpOutcome {}
}
