package dev.latchkey.platform.bearer;

import dev.latchkey.platform.token.AccessToken;
import java.util.concurrent.CompletionStage;

/** Says whether the grant behind a token still stands (decisions R2 and R3). */
public interface GrantCheck {

    /**
     * Tells whether the grant of a token was revoked. Never blocks; the result is there at once whenever memory suffices.
     *
     * @param token verified
     * @param compact the token itself, for whoever has to ask auth-service
     * @return {@link GrantStatus#STALE} when nobody can tell; completing exceptionally accepts nothing either
     */
    CompletionStage<GrantStatus> statusOf(AccessToken token, String compact);
}
