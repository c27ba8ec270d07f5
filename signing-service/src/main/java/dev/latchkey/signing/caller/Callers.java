package dev.latchkey.signing.caller;

import dev.latchkey.platform.net.ClientAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Tells who stands behind a credential at this moment. Never blocks; safe for many threads. */
public interface Callers {

    /**
     * Judges an access token.
     *
     * @param compact as it was sent
     * @param client where the request comes from; asked for users who may not come from everywhere
     * @return complete when memory was enough; never fails
     */
    CompletionStage<CallerVerdict> bearer(String compact, Supplier<ClientAddress> client);

    /**
     * Judges who made a link.
     *
     * @param client where the request comes from; asked for users who may not come from everywhere
     * @return complete when memory was enough; never fails
     */
    CompletionStage<CallerVerdict> linkOwner(String userId, String grantId, Supplier<ClientAddress> client);
}
