package dev.latchkey.platform.bearer;

import dev.latchkey.platform.net.ClientAddress;
import java.util.concurrent.CompletionStage;

/** Decides what an access token is worth when it is presented. A service that knows better than the default has a bean of its own. */
public interface BearerAuthority {

    /**
     * Decides. Never blocks, and is called on event loops: the result is there at once whenever memory suffices.
     *
     * @param compact whatever a stranger presents as a token
     * @param client where the request comes from
     * @return may complete exceptionally, which refuses the request as a failure of ours
     */
    CompletionStage<BearerVerdict> judge(String compact, ClientAddress client);
}
