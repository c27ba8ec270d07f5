package dev.latchkey.signing.caller;

import java.util.concurrent.CompletionStage;

/** Tells who stands behind a credential at this moment. Never blocks; safe for many threads. */
public interface Callers {

    /**
     * Judges an access token.
     *
     * @param compact as it was sent
     * @return complete when memory was enough; never fails
     */
    CompletionStage<CallerVerdict> bearer(String compact);

    /**
     * Judges who made a link.
     *
     * @param issuedAt when the link was made, in seconds since the epoch
     * @return complete when memory was enough; never fails
     */
    CompletionStage<CallerVerdict> linkOwner(String userId, String grantId, long issuedAt);
}
